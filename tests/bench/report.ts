// The results as a page, with what is needed to judge them: the machine and the versions. No names, no paths.
import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Figure } from './figure.ts';
import { printSections, type Section } from './page.ts';
import type { Row } from './row.ts';
import { toolNames, toolVersion } from './tools.ts';

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
  readonly quick: boolean;
  /** Load average over a minute when the figure began: on a busy machine the spread is wide and ratios mislead. */
  readonly loadBefore: number;
}

export function figureSection({ name, about }: Figure, rows: readonly Row[], { quick, loadBefore }: Circumstances): Section {
  const measured = `Measured ${new Date().toISOString().slice(0, 10)}, load ${loadBefore.toFixed(1)} before${quick ? ', shortened (BENCH_QUICK=1)' : ''}.`;
  return { name, text: [about, '', table(rows), '', measured].join('\n') };
}

export function report(sections: readonly Section[], pm2Version: string): string {
  const verdicts = (verdict: RegExp): number => sections.reduce((sum, { text }) => sum + text.split('\n').filter((line) => verdict.test(line)).length, 0);
  const [met, missed, skipped] = [/\| met \|$/, /\| missed: [^|]*\|$/, /\| skipped: [^|]*\|$/].map(verdicts);
  return [
    '# Bench results',
    '',
    `${met} targets met, ${missed} missed${skipped === 0 ? '' : `, ${skipped} skipped`}. Written by \`npm run bench\`.`,
    '',
    'A cell with brackets is the median of at least 5 runs, with the least and the greatest in them; the contestants take',
    'turns within one run. MB are 10^6 bytes.',
    '',
    printSections([...sections, machineSection(pm2Version)]),
  ].join('\n');
}

function machineSection(pm2Version: string): Section {
  return {
    name: 'Machine',
    text: [
      `- ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1e9)} GB of memory`,
      `- ${platform()} ${release()} ${arch()}, Node ${process.version}, PM2 ${pm2Version}`,
      `- ${toolNames.map(toolVersion).join(', ')}`,
    ].join('\n'),
  };
}

function table(rows: readonly Row[]): string {
  const columns = Object.keys(heads) as (keyof Row)[];
  const lines = rows.map((row) => columns.map((column) => row[column].replaceAll('|', '\\|')));
  return [columns.map((column) => heads[column]), columns.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
