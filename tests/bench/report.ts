// The results as a page, with what is needed to judge them: the machine and the versions. No names, no paths.
import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Row } from './row.ts';

const heads: Readonly<Record<keyof Row, string>> = {
  figure: 'figure',
  target: 'target',
  tspm: 'TSPM',
  baseline: 'baseline',
  pm2: 'PM2',
  ratio: 'ratio',
  verdict: 'verdict',
};

export interface Circumstances {
  readonly pm2Version: string;
  readonly quick: boolean;
  /** Load average over a minute when the bench began: on a busy machine the spread is wide and ratios mislead. */
  readonly loadBefore: number;
}

export function report(rows: readonly Row[], { pm2Version, quick, loadBefore }: Circumstances): string {
  const met = rows.filter((row) => row.verdict === 'met').length;
  const missed = rows.filter((row) => row.verdict.startsWith('missed')).length;
  return [
    '# Bench results',
    '',
    `${met} targets met, ${missed} missed. Written by \`npm run bench\`.`,
    '',
    table(rows),
    '',
    'Each cell is the median of at least 5 runs, with the least and the greatest in brackets; the contestants take turns',
    'within one run. MB are 10^6 bytes. Lines are checked one by one: lost ones stand nowhere in the file, torn lines are not',
    'exactly one whole record. Respawn is taken from right before the kill to the first act of the new program, so fork and',
    'exec are part of it.',
    '',
    '## Machine',
    '',
    `- ${new Date().toISOString().slice(0, 10)}${quick ? ', shortened windows (BENCH_QUICK=1)' : ''}`,
    `- ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1e9)} GB of memory, load ${loadBefore.toFixed(1)} before the bench began`,
    `- ${platform()} ${release()} ${arch()}, Node ${process.version}, PM2 ${pm2Version}`,
    '',
  ].join('\n');
}

function table(rows: readonly Row[]): string {
  const columns = Object.keys(heads) as (keyof Row)[];
  const lines = rows.map((row) => columns.map((column) => row[column].replaceAll('|', '\\|')));
  return [columns.map((column) => heads[column]), columns.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
