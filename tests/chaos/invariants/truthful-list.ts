// What the list says is so: who is online lives, and has lived for as long as it says.
import { ageMs, isAlive } from '../procfs.ts';
import type { Invariant } from './invariant.ts';

/** For how long a death may go unseen, on a busy machine. */
const momentMs = 8000;
/** An answer may be this old when it is compared. */
const toleranceMs = 5000;

export function createTruthfulList(): Invariant {
  /** Since when a pid is seen online although it is dead. */
  const deadSince = new Map<number, number>();
  return {
    name: 'truthful list',
    during({ history }, { at, list }) {
      const dead = (list ?? []).filter(({ state, pid }) => state === 'online' && pid !== null && !isAlive(pid));
      const pids = new Set(dead.map(({ pid }) => pid));
      for (const pid of deadSince.keys()) if (!pids.has(pid)) deadSince.delete(pid);
      for (const { pid, name, instance } of dead) {
        if (pid === null) continue;
        const since = deadSince.get(pid) ?? at;
        deadSince.set(pid, since);
        if (at - since > momentMs && !history.isExcused('list', { from: since, to: at })) history.violated('truthful list', `${name}:${instance} is shown online with pid ${pid}, which is dead`);
      }
    },
    after({ history, services }, { rest }) {
      const restless = new Set(services.filter((one) => one.restless).map(({ name }) => name));
      for (const { name, instance, state, pid, uptimeMs } of rest.list ?? []) {
        if (state !== 'online' || pid === null || restless.has(name)) continue;
        const age = ageMs(pid);
        if (age === null) history.violated('truthful list', `${name}:${instance} is shown online with pid ${pid}, which is dead`);
        else if (Math.abs(age - uptimeMs) > toleranceMs) history.violated('truthful list', `${name}:${instance} (pid ${pid}) has run for ${Math.round(age)} ms, and the list says ${uptimeMs} ms`);
      }
    },
  };
}
