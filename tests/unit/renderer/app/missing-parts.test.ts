import { expect, it } from 'vitest';
import { watchMissingParts } from '../../../../renderer/app/missing-parts.ts';
import type { Connection } from '../../../../renderer/host/host.ts';
import { createValue } from '../../../../renderer/host/readable.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

const live: Connection = { state: 'live', capabilities: { contract: 1, version: '', commands: [], topics: [] } };
const lost: Connection = { state: 'lost', since: 0, retryAt: null, reason: '' };

function watch(first: Connection) {
  const connection = createValue<Connection>(first);
  const stored = new Map<string, string>();
  const seen = { reloads: 0, asked: 0, reachable: true, now: 1_000_000, later: [] as (() => void)[] };
  let fail = (): void => undefined;
  watchMissingParts({
    events: { addEventListener: (_type: string, listener: unknown) => void (fail = listener as () => void) },
    connection,
    storage: { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => void stored.set(key, value) },
    now: () => seen.now,
    reachable: async () => {
      seen.asked += 1;
      return seen.reachable;
    },
    reload: () => (seen.reloads += 1),
    later: (_ms, callback) => void seen.later.push(callback),
  });
  return { connection, seen, fail: () => fail() };
}

it('loads the page anew as soon as the engine answers', async () => {
  const { connection, seen, fail } = watch(lost);
  fail();
  expect(seen.asked).toBe(0);
  connection.set(live);
  await waitFor(() => seen.reloads === 1);
});

it('stays where it is while the pages cannot be had, although the connection looks alive', async () => {
  const { connection, seen, fail } = watch(live);
  seen.reachable = false;
  fail();
  await waitFor(() => seen.asked === 1);
  connection.set(lost);
  seen.reachable = true;
  connection.set(live);
  await waitFor(() => seen.asked === 2 && seen.reloads === 1);
});

it('tries again later when it could not at once', async () => {
  const { seen, fail } = watch(live);
  seen.reachable = false;
  fail();
  await waitFor(() => seen.later.length === 1);
  seen.reachable = true;
  seen.later[0]?.();
  await waitFor(() => seen.reloads === 1);
});

it('does not go on for ever', async () => {
  const { seen, fail } = watch(live);
  fail();
  await waitFor(() => seen.reloads === 1);
  fail();
  expect([seen.asked, seen.reloads]).toEqual([1, 1]);
  seen.now += 60_000;
  fail();
  await waitFor(() => seen.reloads === 2);
});
