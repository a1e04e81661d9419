// Every service that runs is one that the list knows.
import { isAlive } from '../procfs.ts';
import type { Invariant } from './invariant.ts';

export const noOrphans: Invariant = {
  name: 'no orphans',
  after({ history }, { rest }) {
    const known = new Set((rest.list ?? []).map(({ pid }) => pid));
    for (const { pid, key } of rest.leaders) if (!known.has(pid) && isAlive(pid)) history.violated('no orphans', `${key} runs with pid ${pid}, which the list does not know`);
  },
};
