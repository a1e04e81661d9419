// The end of a whole group, also while the system cannot tell whether anybody of it is left.
import { expect, it } from 'vitest';
import { whenGroupGone, type GroupPort } from '../../../../electron/supervisor/lifecycle/process-group.ts';
import { manualClock } from '../../../helpers/manual-clock.ts';

const shortage = (): Promise<boolean> => Promise.reject(Object.assign(new Error('EMFILE: too many open files, scandir /proc'), { code: 'EMFILE' }));

function setUp({ mayWait = true, lives }: { readonly mayWait?: boolean; readonly lives: () => Promise<boolean> }) {
  const clock = manualClock();
  const seen = { killedAt: null as number | null, done: 0 };
  const begin = clock.elapsed();
  const groups: GroupPort = { exists: () => true, lives, kill: () => void (seen.killedAt ??= clock.elapsed() - begin) };
  whenGroupGone(clock, 4711, mayWait, 500, () => (seen.done += 1), groups);
  /** In steps, because each look is answered a turn later. */
  const advance = async (ms: number): Promise<void> => {
    for (let step = 0; step < ms; step += 5) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(5);
    }
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, seen, advance };
}

it('asks again after a look that failed', async () => {
  let failures = 3;
  const { seen, advance } = setUp({ lives: () => (failures-- > 0 ? shortage() : Promise.resolve(false)) });
  await advance(100);
  expect(seen).toEqual({ killedAt: null, done: 1 });
});

it('kills what may be left when its time is over, and ends although nothing can be told', async () => {
  const { seen, advance } = setUp({ lives: shortage });
  await advance(495);
  expect(seen).toEqual({ killedAt: null, done: 0 });
  await advance(100);
  expect(seen.killedAt).toBeGreaterThanOrEqual(500);
  expect(seen.done).toBe(0);
  await advance(1100);
  expect(seen.done).toBe(1);
});

it('kills at once what a crash left, and takes what hangs in the kernel for gone after a second', async () => {
  const { seen, advance } = setUp({ mayWait: false, lives: () => Promise.resolve(true) });
  await advance(5);
  expect(seen).toEqual({ killedAt: 0, done: 0 });
  await advance(1100);
  expect(seen.done).toBe(1);
});

it('goes by time that nobody can set', async () => {
  const { clock, seen, advance } = setUp({ lives: () => Promise.resolve(true) });
  clock.jump(-3_600_000);
  await advance(1700);
  expect(seen.done).toBe(1);
});
