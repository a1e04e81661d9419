// What the dashboard costs in a browser: how soon it is there, what 50 processes and a flood of log lines do to it.
import { gzipSync } from 'node:zlib';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromiumFile } from '../../helpers/tools.ts';
import { pause } from '../command.ts';
import { openBenchPage } from '../faces/browser.ts';
import { readTimings, resetTimings, watchPage } from '../faces/watch-page.ts';
import type { BenchContext, Figure } from '../figure.ts';
import { service } from '../manager.ts';
import { comparisonRow, limitRow, skippedRow, type Row } from '../row.ts';
import { samples } from '../stats.ts';
import { createTspm } from '../tspm.ts';

const processes = 50;
const linesPerSecond = 2000;
const openings = 5;
const assets = path.resolve(import.meta.dirname, '../../../out/renderer');

export const pageFigure: Figure = {
  name: 'page',
  about: `The dashboard in Chromium without a screen, 1440 × 900. ${processes} processes are measured once a second by the engine; a program writes ${linesPerSecond} lines a second for the log view. The time of a page is that of its renderer process.`,
  async measure(context) {
    if (!existsSync(chromiumFile)) return [skippedRow('the dashboard in a browser', '–', 'no Chromium')];
    return [...(await opening(context)), ...(await fifty(context)), ...(await flood(context))];
  },
};

async function opening({ programs, note }: BenchContext): Promise<readonly Row[]> {
  const tspm = createTspm();
  const [script, paint, table] = [samples('kB'), samples('ms'), samples('ms')];
  try {
    tspm.configure(Array.from({ length: processes }, (_, index) => service(`idle-${index}`, programs.idle)));
    tspm.start();
    for (let run = 0; run < openings; run++) {
      const { page, close } = await openBenchPage();
      const begin = performance.now();
      await page.goto(tspm.dashboard());
      await page.getByText('idle-0', { exact: true }).first().waitFor();
      table.values.push(performance.now() - begin);
      const { painted, scripts } = await page.evaluate(() => {
        const [{ startTime: painted } = { startTime: Number.NaN }] = performance.getEntriesByName('first-contentful-paint');
        // What is loaded ahead of need comes later.
        const needed = performance.getEntriesByType('resource').filter(({ name, startTime }) => name.endsWith('.js') && startTime < painted);
        return { painted, scripts: needed.map(({ name }) => new URL(name).pathname) };
      });
      script.values.push(scripts.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(assets, file))).length, 0) / 1000);
      paint.values.push(painted);
      await close();
    }
    note('page: openings');
  } finally {
    await tspm.close();
  }
  return [
    limitRow({ figure: 'JavaScript of the first page, each file compressed with gzip', tspm: script, limit: 300, ifMissed: 'React and the components of the table' }),
    limitRow({ figure: 'first contentful paint, nothing cached', tspm: paint, limit: 1000, ifMissed: 'loading and compiling the scripts' }),
    comparisonRow({ figure: 'until the table of 50 processes is there', tspm: table }),
  ];
}

async function fifty({ programs, quick, note }: BenchContext): Promise<readonly Row[]> {
  const tspm = createTspm();
  const [cpu, task] = [samples('%'), samples('ms')];
  try {
    tspm.configure(Array.from({ length: processes }, (_, index) => service(`idle-${index}`, programs.idle)));
    tspm.start();
    const { page, processorTime, close } = await openBenchPage();
    await watchPage(page);
    await page.goto(tspm.dashboard());
    await page.getByText('idle-0', { exact: true }).first().waitFor();
    await pause(3000);
    await resetTimings(page);
    for (let window = 0; window < 5; window++) {
      const [begin, before] = [performance.now(), await processorTime()];
      await pause(quick ? 3000 : 10_000);
      cpu.values.push((100 * ((await processorTime()) - before)) / (performance.now() - begin));
      note(`page: ${processes} processes ${window + 1}/5`);
    }
    task.values.push((await readTimings(page)).longestTask);
    await close();
  } finally {
    await tspm.close();
  }
  return [
    limitRow({ figure: `CPU of the page, ${processes} processes, share of a core`, tspm: cpu, limit: 15, ifMissed: 'drawing the rows that changed' }),
    limitRow({ figure: 'longest task meanwhile (0: none over 50 ms)', tspm: task, limit: 100, ifMissed: 'drawing the rows that changed' }),
  ];
}

/** Prints numbered lines at an even pace. */
const writer = `let n = 0; setInterval(() => { let text = ''; for (let i = 0; i < ${linesPerSecond / 50}; i++) text += 'line ' + n++ + ' of a service that has much to say about what it does\\n'; process.stdout.write(text); }, 20)`;

async function flood({ quick, note }: BenchContext): Promise<readonly Row[]> {
  const tspm = createTspm();
  const [input, task, early, late, cpu] = [samples('ms'), samples('ms'), samples('MB'), samples('MB'), samples('%')];
  const seconds = quick ? 10 : 30;
  let inputs = 0;
  try {
    tspm.configure([service('flood', process.execPath, { args: ['-e', writer] })]);
    tspm.start();
    const { page, processorTime, heap, close } = await openBenchPage();
    await watchPage(page);
    await page.goto(tspm.dashboard());
    await page.getByText('flood', { exact: true }).first().waitFor();
    await page.evaluate(() => (location.hash = '#/process/flood'));
    const search = page.getByLabel('Search the log');
    await search.waitFor();
    await pause(2000);
    await resetTimings(page);
    const [begin, before] = [performance.now(), await processorTime()];
    while (performance.now() - begin < seconds * 1000) {
      await search.press('Backspace');
      await search.press('7');
      await pause(200);
      inputs += 2;
      if (early.values.length === 0 && performance.now() - begin > (seconds * 1000) / 3) early.values.push(await heap());
    }
    cpu.values.push((100 * ((await processorTime()) - before)) / (performance.now() - begin));
    const timings = await readTimings(page);
    input.values.push(timings.slowestInput);
    task.values.push(timings.longestTask);
    late.values.push(await heap());
    await close();
    note('page: flood');
  } finally {
    await tspm.close();
  }
  const figure = `${linesPerSecond} log lines a second for ${seconds} s`;
  return [
    limitRow({ figure: `${figure}: slowest answer to ${inputs} keys in the search`, tspm: input, limit: 100, ifMissed: 'searching and drawing lines' }),
    limitRow({ figure: `${figure}: longest task (0: none over 50 ms)`, tspm: task, limit: 100, ifMissed: 'searching and drawing lines' }),
    limitRow({ figure: `${figure}: growth of the heap from a third of it to its end, after collections`, tspm: { unit: 'MB', values: [(late.values[0] ?? Number.NaN) - (early.values[0] ?? Number.NaN)] }, limit: 20, ifMissed: 'the buffer of 50,000 lines fills' }),
    comparisonRow({ figure: `${figure}: heap at its end`, tspm: late }),
    comparisonRow({ figure: `${figure}: CPU of the page, share of a core`, tspm: cpu }),
  ];
}
