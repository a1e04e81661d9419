// Before all tests: installs what pages, the desktop and login shells are tested with, where that may be done, and fetches a Node that is new enough for
// Electron's downloader. Where that fails, the tests that need it say so and are skipped.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { newerNode } from '../helpers/newer-node.ts';
import { chromiumFile, dbusDaemonFile } from '../helpers/tools.ts';

const packages = [
  { file: chromiumFile, name: 'chromium' },
  { file: dbusDaemonFile, name: 'dbus' },
  // The login shells of users.
  ...['zsh', 'fish', 'tcsh'].map((name) => ({ file: `/usr/bin/${name}`, name })),
];
const timeoutMs = 600_000;

export default async function installTools(): Promise<void> {
  await newerNode(true);
  const missing = packages.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`installing ${missing.join(', ')} for the tests …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...argv: readonly string[]): unknown => execFileSync('apt-get', argv, { env: environment, stdio: ['ignore', 'ignore', 'inherit'], timeout: timeoutMs });
  try {
    run('update', '-qq');
    run('install', '-qq', '-y', '--no-install-recommends', ...missing);
  } catch (error) {
    console.log(`could not install ${missing.join(' and ')}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
