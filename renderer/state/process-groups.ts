// Instances by process: what a person thinks of as one thing. Pure; a group whose instances did not change stays the same object.
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import type { ProcessState } from '../../shared/model/process-state.ts';

export interface ProcessGroup {
  readonly name: string;
  readonly namespace: string;
  readonly group: string | null;
  /** In their order; at least one. */
  readonly instances: readonly [ProcessSnapshot, ...ProcessSnapshot[]];
  /** The state that matters most among them. */
  readonly state: ProcessState;
  readonly online: number;
  /** Why it is in that state; empty when there is nothing to say. */
  readonly reason: string;
  readonly restarts: number;
  /** When the youngest child was spawned; null without any child. */
  readonly startedAt: number | null;
}

/** What one would want to know first. */
const urgency: readonly ProcessState[] = ['errored', 'lost', 'backoff', 'stopping', 'starting', 'waiting', 'online', 'exited', 'stopped'];

export function groupProcesses(processes: Iterable<ProcessSnapshot>, before: ReadonlyMap<string, ProcessGroup>): ReadonlyMap<string, ProcessGroup> {
  const byName = new Map<string, [ProcessSnapshot, ...ProcessSnapshot[]]>();
  for (const process of processes) {
    const members = byName.get(process.name);
    if (members === undefined) byName.set(process.name, [process]);
    else members.push(process);
  }
  const groups = new Map<string, ProcessGroup>();
  for (const [name, instances] of byName) {
    instances.sort((a, b) => a.instance - b.instance);
    const known = before.get(name);
    groups.set(name, known !== undefined && sameMembers(known.instances, instances) ? known : summarise(instances));
  }
  return groups;
}

function summarise(instances: ProcessGroup['instances']): ProcessGroup {
  const [first] = instances;
  const foremost = instances.reduce((most, one) => (urgency.indexOf(one.state) < urgency.indexOf(most.state) ? one : most), first);
  const starts = instances.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  return {
    name: first.name,
    namespace: first.namespace,
    group: first.group,
    instances,
    state: foremost.state,
    online: instances.filter(({ state }) => state === 'online').length,
    reason: foremost.reason,
    restarts: instances.reduce((sum, { restarts }) => sum + restarts, 0),
    startedAt: starts.length === 0 ? null : Math.max(...starts),
  };
}

function sameMembers(a: readonly ProcessSnapshot[], b: readonly ProcessSnapshot[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

/** Whether what a person would do next is start it: nothing of it runs or is about to. */
export function isDown(instances: readonly Pick<ProcessSnapshot, 'state' | 'desired'>[]): boolean {
  return instances.every(({ state, desired }) => state === 'stopped' || state === 'exited' || state === 'errored' || (state === 'stopping' && desired === 'down'));
}
