// One program writes 1,000,000 lines of 100 bytes as fast as it can. How long until they are all in the file, how many
// are lost or torn on the way, and how much memory the process that writes them takes.
import type { BenchContext, Figure } from '../figure.ts';
import type { Wrapping } from '../check-lines.ts';
import { runCat, runManaged, type LogRun } from '../log-run.ts';
import { createPm2 } from '../pm2.ts';
import { limitRow, ratioRow, type Row } from '../row.ts';
import { figures, type Samples } from '../stats.ts';
import { createTspm } from '../tspm.ts';

const runs = 5;
const wrappings = ['plain', 'timestamps', 'json'] as const;
const limits: Readonly<Record<Wrapping, number>> = { plain: 1.2, timestamps: 2, json: 4 };
const rotatedBytes = 10 * 1024 * 1024;

type Contestant = 'cat' | `${'tspm' | 'pm2'} ${Wrapping}` | 'tspm rotation';

export const logsFigure: Figure = {
  name: 'logs',
  async measure({ programs, note }) {
    const results = new Map<Contestant, LogRun[]>();
    for (let run = 0; run < runs; run++) {
      for (const [contestant, act] of contestants(programs)) {
        results.set(contestant, [...(results.get(contestant) ?? []), await act()]);
      }
      note(`logs ${run + 1}/${runs}`);
    }
    const of = (contestant: Contestant): readonly LogRun[] => results.get(contestant) ?? [];
    const tspmRuns = [...wrappings.map((wrapping) => `tspm ${wrapping}` as const), 'tspm rotation' as const].flatMap(of);
    return [
      ...wrappings.map((wrapping) => timeRow(wrapping, of('cat'), of(`tspm ${wrapping}`), of(`pm2 ${wrapping}`))),
      rotationRow(of('cat'), of('tspm rotation')),
      ...wrappings.map((wrapping) => lossRow(wrapping, of(`tspm ${wrapping}`), of(`pm2 ${wrapping}`))),
      lossRow('rotation', of('tspm rotation'), []),
      limitRow({ figure: 'peak RSS of the shim over all of these runs (PM2: its daemon)', tspm: peak(tspmRuns), pm2: peak(wrappings.flatMap((wrapping) => of(`pm2 ${wrapping}`))), limit: 90, ifMissed: 'Node itself takes about 45 MB of it' }),
    ];
  },
};

function contestants({ writer }: BenchContext['programs']): readonly (readonly [Contestant, () => Promise<LogRun>])[] {
  return [
    ['cat', () => runCat(writer)],
    ...wrappings.flatMap((wrapping) => [[`tspm ${wrapping}`, () => withTspm(writer, wrapping)] as const, [`pm2 ${wrapping}`, () => withPm2(writer, wrapping)] as const]),
    ['tspm rotation', () => withTspm(writer, 'plain', rotatedBytes)],
  ];
}

function withTspm(writer: string, wrapping: Wrapping, maxLogSize?: number): Promise<LogRun> {
  const tspm = createTspm({ wait: false, ...(maxLogSize === undefined ? {} : { maxLogSize }) });
  return runManaged(tspm, writer, wrapping, tspm.shimPid);
}

function withPm2(writer: string, wrapping: Wrapping): Promise<LogRun> {
  const pm2 = createPm2();
  return runManaged(pm2, writer, wrapping, () => pm2.ownPids()[0] ?? 0);
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

function rotationRow(cat: readonly LogRun[], tspm: readonly LogRun[]): Row {
  const { verdict: _none, ...row } = ratioRow({ figure: '1,000,000 lines, plain, rotated every 10 MiB with gzip', tspm: time(tspm), baseline: time(cat), limit: 0, against: 'baseline', called: '`cat`', ifMissed: '' });
  return { ...row, target: 'none, for comparison', verdict: '–' };
}

function lossRow(wrapping: Wrapping | 'rotation', tspm: readonly LogRun[], pm2: readonly LogRun[]): Row {
  const sum = (runs: readonly LogRun[], what: 'lost' | 'torn'): number => runs.reduce((total, run) => total + run[what], 0);
  const describe = (all: readonly LogRun[]): string => (all.length === 0 ? '–' : `${sum(all, 'lost')} lost, ${sum(all, 'torn')} torn`);
  const clean = sum(tspm, 'lost') + sum(tspm, 'torn') === 0;
  return {
    figure: `lines lost and torn in ${runs} runs, ${wrapping}`,
    target: '0 lost, 0 torn',
    tspm: describe(tspm),
    baseline: '–',
    pm2: describe(pm2),
    ratio: '–',
    verdict: clean ? 'met' : `missed: ${figures(sum(tspm, 'lost'))} lost, ${figures(sum(tspm, 'torn'))} torn`,
  };
}

function time(all: readonly LogRun[]): Samples {
  return { unit: 'ms', values: all.map((run) => run.ms) };
}

function peak(all: readonly LogRun[]): Samples {
  return { unit: 'MB', values: [Math.max(...all.map((run) => run.peakMb))] };
}
