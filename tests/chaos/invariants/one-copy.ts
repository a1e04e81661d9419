// No service is ever there twice. While a cluster is reloaded an instance has a successor beside it, and no third.
import { isAlive, type Leader } from '../procfs.ts';
import type { Invariant } from './invariant.ts';

/** Between two looks: one that ends just then has gone at the second. */
const lookAgainMs = 150;

export const oneCopy: Invariant = {
  name: 'one copy',
  async during({ services, history }, { leaders }) {
    const byKey = new Map<string, Leader[]>();
    for (const leader of leaders) byKey.set(leader.key, [...(byKey.get(leader.key) ?? []), leader]);
    for (const [key, copies] of byKey) {
      const allowed = services.some(({ name, kind }) => kind === 'cluster' && key.startsWith(`${name}:`)) ? 2 : 1;
      if (copies.length <= allowed) continue;
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
      const left = copies.filter(({ pid }) => isAlive(pid));
      if (left.length > allowed) history.violated('one copy', `${key} runs ${left.length} times: pids ${left.map(({ pid }) => pid).join(', ')}`);
    }
  },
};
