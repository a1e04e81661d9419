// The judge is judged: what should be found is found, and what a fault explains is not.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { homePaths } from '../../electron/platform/home.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { createHistory, type History } from './history.ts';
import { checkWriter } from './invariants/lines.ts';
import { createRandom } from './random.ts';

const minute = 60_000;

/** What is found in a log with these numbers; the time of the line is that of the test, or so many minutes before. */
async function judge(history: History, numbers: readonly number[], more = '', minutesAgo = 0): Promise<readonly string[]> {
  const paths = homePaths({ TSPM_HOME: await temporaryFolder() });
  const at = Date.now() - minutesAgo * minute;
  await mkdir(paths.logs, { recursive: true });
  await writeFile(path.join(paths.logs, 'lines-0.out.log'), `${numbers.map((number) => `L lines 4711-${at} ${number} ${at} .\n`).join('')}${more}`);
  checkWriter({ paths, history }, 'lines');
  return history.violations.map(({ what }) => what);
}

const quiet = (): History => createHistory(() => undefined);

it('finds nothing in a log that is whole, and takes the notes of TSPM for what they are', async () => {
  expect(await judge(quiet(), [0, 1, 2], '[tspm] 3 lines (90 bytes) of output were lost: no space left on device\n')).toEqual([]);
});

it('finds lines that are missing, doubled or torn', async () => {
  expect(await judge(quiet(), [0, 1, 5])).toEqual([expect.stringContaining('3 lines are missing behind line 1')]);
  expect(await judge(quiet(), [2])).toEqual([expect.stringContaining('2 lines are missing behind line -1')]);
  expect(await judge(quiet(), [0, 1, 1])).toEqual([expect.stringContaining('line 1 is there twice')]);
  expect(await judge(quiet(), [0, 1], 'L lines 4711-17')).toEqual([expect.stringContaining('torn')]);
});

it('excuses what is missing while a fault explains it, and only then', async () => {
  const history = quiet();
  history.begin('full disk', { excuses: ['lines'] })();
  expect(await judge(history, [0, 5])).toEqual([]);
  expect(await judge(history, [0, 5], '', 5)).toHaveLength(1);
  const other = quiet();
  other.begin('clock step', { excuses: [] })();
  expect(await judge(other, [0, 5])).toHaveLength(1);
});

it('excuses one service for what happens to it, and no other', () => {
  const history = quiet();
  history.begin('restart web', { excuses: ['requests'], service: 'web', tailMs: 1000 });
  const span = { from: Date.now(), to: Date.now() };
  expect(history.isExcused('requests', span, 'web')).toBe(true);
  expect(history.isExcused('requests', span, 'api')).toBe(false);
  expect(history.isExcused('end', span, 'web')).toBe(false);
});

it('chooses the same for the same seed, and something else for another', () => {
  const choices = (seed: number, stream?: number): readonly number[] => {
    const random = createRandom(seed, stream);
    return Array.from({ length: 50 }, () => random.between(0, 9));
  };
  expect(choices(1)).toEqual(choices(1));
  expect(choices(1)).not.toEqual(choices(2));
  expect(choices(1)).not.toEqual(choices(1, 1));
  expect(new Set(choices(1)).size).toBeGreaterThan(7);
});
