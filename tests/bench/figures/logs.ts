// One program writes 1,000,000 lines of 100 bytes as fast as it can. How long until they are all in the file, how many
// are lost or torn on the way, and how much memory the process that writes them takes.
import type { Figure } from '../figure.ts';
import type { Wrapping } from '../check-lines.ts';
import { runCat, runManaged, type LogRun, type Writes } from '../log-run.ts';
import { createPm2 } from '../pm2.ts';
import { comparisonRow, limitRow, ratioRow, type Row } from '../row.ts';
import type { Samples } from '../stats.ts';
import { createTspm } from '../tspm.ts';

const runs = 5;
const wrappings = ['plain', 'timestamps', 'json'] as const;
const limits: Readonly<Record<Wrapping, number>> = { plain: 1.2, timestamps: 2, json: 4 };
const rotatedBytes = 10 * 1024 * 1024;

interface Contestant {
  readonly run: () => Promise<LogRun>;
  readonly done: LogRun[];
}

export const logsFigure: Figure = {
  name: 'logs',
  about: 'One program writes 1,000,000 lines of 100 bytes. They are checked one by one: lost ones stand nowhere in the file, torn lines are not exactly one whole record.',
  async measure({ programs: { writer }, note }) {
    const cat = contestant(() => runCat(writer, 'default'));
    const bigCat = contestant(() => runCat(writer, '64 KiB'));
    const rotation = contestant(() => withTspm(writer, 'default', 'plain', rotatedBytes));
    const formats = wrappings.map((wrapping) => ({
      wrapping,
      tspm: contestant(() => withTspm(writer, 'default', wrapping)),
      pm2: contestant(() => withPm2(writer, wrapping)),
      big: contestant(() => withTspm(writer, '64 KiB', wrapping)),
    }));
    // The baseline runs beside each that is compared with it, so that a machine that changes its pace changes both.
    const turns = [...formats.flatMap(({ tspm, pm2, big }) => [cat, tspm, pm2, bigCat, big]), cat, rotation];
    for (let run = 0; run < runs; run++) {
      for (const one of turns) one.done.push(await one.run());
      note(`logs ${run + 1}/${runs}`);
    }
    const underTspm = [rotation, ...formats.flatMap(({ tspm, big }) => [tspm, big])].flatMap((one) => one.done);
    const underPm2 = formats.flatMap(({ pm2 }) => pm2.done);
    return [
      ...formats.map(({ wrapping, tspm, pm2 }) => timeRow(wrapping, cat.done, tspm.done, pm2.done)),
      ...formats.map(({ wrapping, big }) => comparisonRow({ figure: `the same in writes of 64 KiB, ${wrapping}`, tspm: time(big.done), baseline: time(bigCat.done) })),
      comparisonRow({ figure: '1,000,000 lines, plain, rotated every 10 MiB with gzip', tspm: time(rotation.done), baseline: time(cat.done) }),
      ...formats.map(({ wrapping, tspm, pm2, big }) => lossRow(`lines lost and torn, ${wrapping}`, [...tspm.done, ...big.done], pm2.done)),
      lossRow('lines lost and torn, rotated', rotation.done, []),
      limitRow({ figure: 'peak RSS of the shim over all of these runs (PM2: its daemon)', tspm: peak(underTspm), pm2: peak(underPm2), limit: 90, ifMissed: 'Node itself takes about 45 MB of it' }),
    ];
  },
};

function contestant(run: () => Promise<LogRun>): Contestant {
  return { run, done: [] };
}

function withTspm(writer: string, writes: Writes, wrapping: Wrapping, maxLogSize?: number): Promise<LogRun> {
  const tspm = createTspm({ wait: false, ...(maxLogSize === undefined ? {} : { maxLogSize }) });
  return runManaged(tspm, { writer, writes, wrapping, logPid: tspm.shimPid });
}

function withPm2(writer: string, wrapping: Wrapping): Promise<LogRun> {
  const pm2 = createPm2();
  return runManaged(pm2, { writer, writes: 'default', wrapping, logPid: () => pm2.ownPids()[0] ?? 0 });
}

function timeRow(wrapping: Wrapping, cat: readonly LogRun[], tspm: readonly LogRun[], pm2: readonly LogRun[]): Row {
  return ratioRow({
    figure: `1,000,000 lines, ${wrapping} (baseline: \`cat > file\`)`,
    tspm: time(tspm),
    baseline: time(cat),
    pm2: time(pm2),
    limit: limits[wrapping],
    against: 'baseline',
    called: '`cat`',
    ifMissed: 'every byte passes through a Node process, which looks for the ends of lines',
  });
}

function lossRow(figure: string, tspm: readonly LogRun[], pm2: readonly LogRun[]): Row {
  const sum = (all: readonly LogRun[], what: 'lost' | 'torn'): number => all.reduce((total, run) => total + run[what], 0);
  const describe = (all: readonly LogRun[]): string => (all.length === 0 ? '–' : `${sum(all, 'lost')} lost, ${sum(all, 'torn')} torn in ${all.length} runs`);
  const clean = sum(tspm, 'lost') + sum(tspm, 'torn') === 0;
  return { figure, target: '0 lost, 0 torn', tspm: describe(tspm), baseline: '–', pm2: describe(pm2), ratio: '–', verdict: clean ? 'met' : `missed: ${describe(tspm)}` };
}

function time(all: readonly LogRun[]): Samples {
  return { unit: 'ms', values: all.map((run) => run.ms) };
}

function peak(all: readonly LogRun[]): Samples {
  return { unit: 'MB', values: [Math.max(...all.map((run) => run.peakMb))] };
}
