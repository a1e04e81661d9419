// `npm run bench`: measures TSPM against PM2 and against what is physically possible, and writes RESULTS.md.
// `npm run bench -- list logs` measures these figures only and leaves RESULTS.md alone.
import { existsSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import type { Figure } from './figure.ts';
import { idleFigure } from './figures/idle.ts';
import { listFigure } from './figures/list.ts';
import { logsFigure } from './figures/logs.ts';
import { respawnFigure } from './figures/respawn.ts';
import { startStopFigure } from './figures/start-stop.ts';
import { closeAll } from './manager.ts';
import { installPm2 } from './pm2.ts';
import { compilePrograms } from './programs.ts';
import { report } from './report.ts';
import type { Row } from './row.ts';
import { cli } from './tspm.ts';

const figures: readonly Figure[] = [listFigure, startStopFigure, respawnFigure, logsFigure, idleFigure];
const quick = process.env['BENCH_QUICK'] === '1';

function chosenFigures(names: readonly string[]): readonly Figure[] {
  const unknown = names.filter((name) => !figures.some((one) => one.name === name));
  if (unknown.length > 0) throw new Error(`there is no figure ${unknown.join(', ')}; there are ${figures.map((one) => one.name).join(', ')}`);
  return names.length === 0 ? figures : figures.filter((one) => names.includes(one.name));
}

async function main(): Promise<void> {
  if (process.platform !== 'linux') throw new Error('the bench reads /proc and runs on Linux only');
  if (!existsSync(cli)) throw new Error('the CLI is not built: npm run build');
  const chosen = chosenFigures(process.argv.slice(2));
  const loadBefore = loadavg()[0] ?? 0;
  const pm2Version = installPm2();
  const { programs, remove } = compilePrograms();
  const rows: Row[] = [];
  process.once('SIGINT', () => {
    void closeAll().finally(() => {
      remove();
      process.exit(130);
    });
  });
  try {
    for (const figure of chosen) rows.push(...(await figure.measure({ programs, quick, note: (text) => console.error(text) })));
  } finally {
    await closeAll();
    remove();
  }
  const page = report(rows, { pm2Version, quick, loadBefore });
  console.log(page);
  if (chosen.length === figures.length) writeFileSync(path.join(import.meta.dirname, 'RESULTS.md'), page);
}

await main();
