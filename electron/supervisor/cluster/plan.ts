// What the data plane is told of a process whose port TSPM owns. Pure.
import type { ClusterPlan } from '../../../shared/model/balancing.ts';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';

/** null: the process is balanced by nobody. */
export function clusterPlan(spec: ProcessSpec): ClusterPlan | null {
  const { mode, ...settings } = spec.balancer;
  if (spec.port === null || mode === 'none') return null;
  return { name: spec.name, host: spec.host, port: spec.port, mode, ...settings };
}

/** Instances of these modes listen on a port of their own on 127.0.0.1. */
export function hasOwnPort({ mode }: Pick<ClusterPlan, 'mode'>): boolean {
  return mode !== 'shared';
}

/**
 * In shared mode instances hold the listening socket, in the others only TSPM does: one cannot become the other while both run, nor can
 * the address of a port change that they hold.
 */
export function changesSocket(before: ProcessSpec, after: ProcessSpec): boolean {
  const [then, now] = [clusterPlan(before), clusterPlan(after)];
  if (then === null || now === null) return false;
  const [wasShared, isShared] = [then.mode === 'shared', now.mode === 'shared'];
  return wasShared !== isShared || (isShared && then.port === now.port && then.host !== now.host);
}

/** Whether the preload is inside of the instances: then they speak over a channel. */
export function hasPreload(spec: ProcessSpec): boolean {
  const plan = clusterPlan(spec);
  return plan?.mode === 'handoff' || (plan?.mode === 'shared' && runsNode(spec));
}

export function weightOf({ instanceWeight }: Pick<ProcessSpec, 'instanceWeight'>, instance: number): number {
  return typeof instanceWeight === 'number' ? instanceWeight : (instanceWeight[instance] ?? 1);
}

/** The program itself is Node: what a shell or a package manager starts below it cannot be reached. */
export function runsNode({ command }: Pick<ProcessSpec, 'command'>): boolean {
  const name = /[^/\\]*$/.exec(command)?.[0].toLowerCase() ?? '';
  return name === 'node' || name === 'nodejs' || name === 'node.exe';
}

/** The public port of an instance; without a balancer instance n listens on port + n. */
export function publicPort(spec: ProcessSpec, instance: number): number | null {
  return spec.port === null ? null : clusterPlan(spec) === null ? spec.port + instance : spec.port;
}

/** What an instance that is starting is waited for, in words. */
export function awaited(spec: ProcessSpec, instance: number, ownPort: number): string {
  const plan = clusterPlan(spec);
  if (spec.waitReady) return "process.send('ready')";
  if (plan === null) return spec.port === null ? '' : `port ${spec.port + instance}`;
  // Until the order to spawn leaves it has no port of its own.
  if (ownPort === 0 && hasOwnPort(plan)) return `port ${plan.port}`;
  if (plan.mode === 'handoff') return `the program to listen on port ${plan.port} or on its own, PORT ${ownPort}`;
  if (plan.mode === 'shared') return hasPreload(spec) ? `the program to listen on port ${plan.port}` : '';
  return `its own port ${ownPort}, which it is given as PORT`;
}
