// Which crashes are worth a notification. The same process that falls for the same cause is told once, however often and in however
// many instances, until it has been well for a while or somebody took it in hand. Pure: the time is the events' own.
import type { EngineEvent, EngineSnapshot } from '../../shared/contract/events.ts';
import type { ProcessSnapshot } from '../../shared/contract/process.ts';

export interface CrashNotice {
  readonly title: string;
  readonly body: string;
  /** Whose page shows more; null when it concerns all. */
  readonly process: string | null;
}

export interface CrashNotices {
  /** Everything before is void: what is known of the processes is this. Causes that were told stay told. */
  snapshot(snapshot: EngineSnapshot): void;
  /** What is to be told because of this event, or null. */
  event(event: EngineEvent): CrashNotice | null;
}

/** All instances online for so long: the next failure is another story. */
const wellMs = 60_000;
/** A process that fails in ever new words is told so many times. */
const mostCauses = 8;
const longestText = 300;

interface Process {
  readonly instances: Map<number, Pick<ProcessSnapshot, 'state' | 'desired'>>;
  readonly told: Set<string>;
  /** Since when every instance that should run is online; null while one is not. */
  wellSince: number | null;
}

export function createCrashNotices(): CrashNotices {
  const processes = new Map<string, Process>();

  function see({ id, name, state, desired }: ProcessSnapshot, at: number): void {
    const process = processes.get(name) ?? { instances: new Map(), told: new Set(), wellSince: null };
    processes.set(name, process);
    const before = process.instances.get(id);
    process.instances.set(id, { state, desired });
    if (before !== undefined && tookInHand(before, { state, desired })) process.told.clear();
    const wanted = [...process.instances.values()].filter((one) => one.desired === 'up');
    const isWell = wanted.length > 0 && wanted.every((one) => one.state === 'online');
    process.wellSince = isWell ? (process.wellSince ?? at) : null;
  }

  function exited(event: Extract<EngineEvent, { type: 'process.exited' }>): CrashNotice | null {
    const process = processes.get(event.name);
    if (process === undefined) return null;
    if (event.expected) {
      // Somebody restarted or reloaded it; a job that is done says nothing of the sort.
      if (event.outlook !== 'exited') process.told.clear();
      return null;
    }
    if (process.wellSince !== null && event.at - process.wellSince >= wellMs) process.told.clear();
    process.wellSince = null;
    if (process.told.has(event.cause) || process.told.size >= mostCauses) return null;
    process.told.add(event.cause);
    return { title: `${short(event.name, 60)} ${event.outlook === 'errored' ? 'failed' : 'crashed'}`, body: short(event.reason, longestText), process: event.name };
  }

  return {
    snapshot({ at, processes: list }) {
      for (const [name, process] of processes) {
        if (list.some((one) => one.name === name)) process.instances.clear();
        else processes.delete(name);
      }
      for (const one of list) see(one, at);
    },
    event(event) {
      switch (event.type) {
        case 'process.changed':
          see(event.process, event.at);
          return null;
        case 'process.removed': {
          const instances = processes.get(event.name)?.instances;
          instances?.delete(event.id);
          if (instances?.size === 0) processes.delete(event.name);
          return null;
        }
        case 'process.exited':
          return exited(event);
        case 'notice':
          return event.notice.about === 'shim' ? { title: 'TSPM restarted the services', body: short(event.notice.message, longestText), process: null } : null;
        case 'usage':
          return null;
      }
    },
  };
}

/** Only a person stops what should run, and starts what had given up or was stopped. */
function tookInHand(before: Pick<ProcessSnapshot, 'state' | 'desired'>, now: Pick<ProcessSnapshot, 'state' | 'desired'>): boolean {
  return before.desired !== now.desired || (before.state === 'errored' && now.state !== 'errored');
}

function short(text: string, letters: number): string {
  const all = [...text];
  return all.length <= letters ? text : `${all.slice(0, letters - 1).join('')}…`;
}
