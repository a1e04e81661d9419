// The supervisor's façade: all that a host may use of it.
export { createSupervisor, type Supervisor, type SupervisorOptions } from './supervisor.ts';
