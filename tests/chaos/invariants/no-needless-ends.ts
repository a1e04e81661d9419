// The promise itself: no service ends but of itself, because somebody asked for it, or because the data plane died.
import type { Span } from '../history.ts';
import type { Leader } from '../procfs.ts';
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';

interface Ended extends Span {
  readonly leader: Leader;
}

export function createNoNeedlessEnds(): Invariant {
  const running = new Map<number, { readonly leader: Leader; seenAt: number }>();
  const ended: Ended[] = [];
  return {
    name: 'no needless ends',
    during(_world, { at, leaders }) {
      const pids = new Set(leaders.map(({ pid }) => pid));
      for (const [pid, { leader, seenAt }] of running) {
        if (pids.has(pid)) continue;
        running.delete(pid);
        ended.push({ leader, from: seenAt, to: at });
      }
      for (const leader of leaders) running.set(leader.pid, { leader, seenAt: at });
    },
    after(world) {
      for (const { leader, from, to } of ended) if (!isExplained(world, leader, { from, to })) world.history.violated('no needless ends', `${leader.key} (pid ${leader.pid}) ended between ${world.history.timeOf(from)} and ${world.history.timeOf(to)}, and nobody had asked for it`);
    },
  };
}

function isExplained({ services, history }: World, { key }: Leader, span: Span): boolean {
  const service = services.find(({ name }) => key.startsWith(`${name}:`));
  return service === undefined || service.restless || history.isExcused('end', span, service.name);
}
