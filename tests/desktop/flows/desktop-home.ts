// A home with the desktop application on it, some processes in its config, and the command line beside it.
import { expect } from 'vitest';
import { cliHome, type CliHome } from '../../helpers/cli-home.ts';
import type { StatusReport } from '../../../shared/contract/reports.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import type { DesktopDriver, LaunchOptions } from '../driver/desktop-driver.ts';
import type { DesktopShell } from '../shell/desktop-shell.ts';

export type Launch = (options: LaunchOptions) => Promise<DesktopDriver>;

export interface DesktopHome extends CliHome {
  launch(...args: readonly string[]): Promise<DesktopDriver>;
  owner(): Promise<StatusReport['owner']>;
  /** Waits until the process is in this state. */
  state(name: string, state: string): Promise<void>;
}

/** Numbers its lines and, in a file, its starts; crashes when it gets SIGUSR2. */
const counter = `const fs = require('node:fs');
fs.appendFileSync('starts', 'x');
let line = 0;
setInterval(() => console.log(line++), 5);
process.on('SIGUSR2', () => process.exit(7));
`;

export async function desktopHome(launch: Launch): Promise<DesktopHome> {
  const home = await cliHome();
  await home.write('counter.js', counter);
  await home.write('tspm.yaml', 'processes:\n  - name: counter\n    script: counter.js\n    minUptime: 100ms\n  - name: sleeper\n    script: counter.js\n    minUptime: 100ms\n');
  return {
    ...home,
    launch: (...args) => launch({ args, env: home.env }),
    owner: async () => (await home.json<StatusReport>('status')).owner,
    state: async (name, state) => void (await waitFor(async () => (await home.list()).some((one) => one.name === name && one.state === state), { what: `${name} to be ${state}`, timeoutMs: 15_000 })),
  };
}

/** The panel and the notifications; skips the test, with the reason, where there are none. */
export function shellOf(desktop: DesktopDriver, context: { skip(reason: string): never }): DesktopShell {
  return typeof desktop.shell === 'string' ? context.skip(desktop.shell) : desktop.shell;
}

/** Lines of a log that numbers them, when none is missing and none is there twice. */
export function expectNumbered(log: string): number {
  const lines = log.trimEnd().split('\n').map(Number);
  expect(lines).toEqual(lines.map((_line, index) => index));
  return lines.length;
}
