// What every part of the page can reach: the host, the engine as it is known, the commands, and a clock that ticks once a second.
import { createContext, use } from 'react';
import type { Host } from '../host/host.ts';
import type { Readable } from '../host/readable.ts';
import type { CommandRunner } from './command-runner.ts';
import type { EngineState } from './engine-store.ts';

export interface AppServices {
  readonly host: Host;
  readonly engine: Readable<EngineState>;
  readonly commands: CommandRunner;
  /** The page's clock in ms, renewed once a second while somebody watches. */
  readonly clock: Readable<number>;
}

const AppContext = createContext<AppServices | null>(null);

export const AppServicesProvider = AppContext.Provider;

export function useServices(): AppServices {
  const services = use(AppContext);
  if (services === null) throw new Error('useServices is called outside of AppServicesProvider');
  return services;
}
