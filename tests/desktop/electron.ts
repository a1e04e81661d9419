// `npm run test:electron`: the flows of the desktop application under Electron itself, where its program and a display are. With
// `--required` it fails where they are not.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { electronProgram, wantsElectron } from './driver/electron-program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

const missing = electronProgram() === null ? 'no Electron binary' : hasDisplay ? null : 'no display';

if (missing !== null) {
  console.log(`skipped: ${missing}`);
  if (process.argv.includes('--required')) process.exitCode = 1;
} else {
  const argv = ['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers', '1', 'tests/desktop/electron.test.ts'];
  const { status } = spawnSync(process.execPath, argv, { cwd: root, stdio: 'inherit', env: { ...process.env, [wantsElectron]: '1' } });
  process.exitCode = status ?? 1;
}
