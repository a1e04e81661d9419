// A minute of chaos in the suite, and a shorter one for every seed that ever failed. `npm run chaos` goes on for longer.
import { expect, it } from 'vitest';
import { runChaos } from './chaos.ts';
import { built } from './programs.ts';
import { failedBefore, suiteSeed } from './seeds.ts';

const lines: string[] = [];

/** The promise of 10 s is for a machine that has time; here a suite runs beside it. */
async function survive(seed: number, minutes: number): Promise<void> {
  lines.length = 0;
  const { violations } = await runChaos({ seed, minutes, restMs: 60_000, commandMs: 60_000, build: built, without: [], say: (line) => lines.push(line) });
  const story = violations.map(({ invariant, what, before }) => `${invariant}: ${what}\n${before.join('\n')}`).join('\n\n');
  expect(story, `npm run chaos -- --minutes ${minutes} --seed ${seed}`).toBe('');
}

if (process.platform !== 'linux') console.log('skipped: chaos looks into /proc, which only Linux has');

it.skipIf(process.platform !== 'linux')('survives a minute of chaos', { timeout: 300_000 }, () => survive(suiteSeed, 1));

it.skipIf(process.platform !== 'linux').each(failedBefore)('survives what $seed found: $found', { timeout: 240_000 }, ({ seed, minutes }) => survive(seed, minutes));
