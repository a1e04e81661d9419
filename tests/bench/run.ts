// `npm run bench`: measures TSPM against PM2 and against what is physically possible, and writes RESULTS.md.
// `npm run bench -- list logs` measures these figures only and prints them; with `--update` their sections of RESULTS.md are
// replaced.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { parseArguments } from './arguments.ts';
import type { Figure } from './figure.ts';
import { balancerFigure } from './figures/balancer.ts';
import { connectionsFigure } from './figures/connections.ts';
import { facesFigure } from './figures/faces.ts';
import { idleFigure } from './figures/idle.ts';
import { listFigure } from './figures/list.ts';
import { logsFigure } from './figures/logs.ts';
import { pageFigure } from './figures/page.ts';
import { reloadFigure } from './figures/reload.ts';
import { respawnFigure } from './figures/respawn.ts';
import { startStopFigure } from './figures/start-stop.ts';
import { closeAll } from './manager.ts';
import { mergeSections, parseSections, type Section } from './page.ts';
import { installPm2 } from './pm2.ts';
import { compilePrograms } from './programs.ts';
import { figureSection, report } from './report.ts';
import { missing, toolNames } from './tools.ts';
import { cli } from './tspm.ts';

const figures: readonly Figure[] = [listFigure, startStopFigure, respawnFigure, logsFigure, idleFigure, balancerFigure, connectionsFigure, reloadFigure, pageFigure, facesFigure];
const quick = process.env['BENCH_QUICK'] === '1';
const resultsFile = path.join(import.meta.dirname, 'RESULTS.md');

async function main(): Promise<void> {
  if (process.platform !== 'linux') throw new Error('the bench reads /proc and runs on Linux only');
  if (!existsSync(cli)) throw new Error('the CLI is not built: npm run build');
  const { chosen, write } = parseArguments(process.argv.slice(2), figures);
  const absent = missing(toolNames);
  if (absent !== null && chosen.includes(balancerFigure)) console.error(`${absent}: rows that need it are skipped`);
  const pm2Version = installPm2();
  const sections: Section[] = [];
  await measure(chosen, (section) => {
    sections.push(section);
    if (write) update(section, pm2Version);
  });
  console.log(report(sections, pm2Version));
}

/** After each figure, so that a long run that is interrupted leaves what it has measured. */
function update(section: Section, pm2Version: string): void {
  const old = existsSync(resultsFile) ? parseSections(readFileSync(resultsFile, 'utf8')) : [];
  writeFileSync(resultsFile, report(mergeSections(old, [section], figures.map(({ name }) => name)), pm2Version));
}

async function measure(chosen: readonly Figure[], done: (section: Section) => void): Promise<void> {
  const { programs, remove } = compilePrograms();
  let interrupted = false;
  // Ctrl+C comes twice: from the terminal, and from the program that runs this one.
  process.on('SIGINT', () => {
    if (interrupted) return;
    interrupted = true;
    void closeAll().finally(() => {
      remove();
      process.exit(130);
    });
  });
  try {
    for (const figure of chosen) {
      const loadBefore = loadavg()[0] ?? 0;
      const rows = await figure.measure({ programs, quick, note: (text) => console.error(text) });
      done(figureSection(figure, rows, { quick, loadBefore }));
    }
  } finally {
    await closeAll();
    remove();
  }
}

await main();
