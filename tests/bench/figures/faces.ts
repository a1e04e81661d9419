// How soon a change that was made on one face is seen on every other.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cleanEnvironment, output } from '../command.ts';
import { chromiumFile, dbusDaemonFile } from '../../helpers/tools.ts';
import type { Figure } from '../figure.ts';
import { comparisonRow, limitRow, skippedRow } from '../row.ts';

export const facesFigure: Figure = {
  name: 'faces',
  about: 'One hundred changes, made in turn by a client on the control socket, in the dashboard, in the desktop window and in the tray menu, and when each of the other three shows them. The desktop application runs under the stand-in for Electron; window and dashboard are pages in Chromium, the tray menu is read over D-Bus.',
  async measure() {
    if (!existsSync(chromiumFile) || !existsSync(dbusDaemonFile)) return [skippedRow('a change on one face until another shows it', '≤ 200 ms', 'no Chromium or no D-Bus')];
    const folder = mkdtempSync(path.join(tmpdir(), 'tspm-bench-'));
    const file = path.join(folder, 'delays.json');
    try {
      output('npx', ['vitest', 'run', '--config', 'tests/bench/faces/vitest.config.ts'], cleanEnvironment({ FACES_RESULT: file }));
      const delays = (JSON.parse(readFileSync(file, 'utf8')) as number[]).sort((a, b) => a - b);
      const p99 = delays[Math.ceil(delays.length * 0.99) - 1] ?? Number.NaN;
      return [
        limitRow({ figure: `a change on one face until another shows it, p99 of ${delays.length} sightings of 100 changes`, tspm: { unit: 'ms', values: [p99] }, limit: 200, ifMissed: 'drawing the page' }),
        comparisonRow({ figure: 'the same, all of them', tspm: { unit: 'ms', values: delays } }),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
