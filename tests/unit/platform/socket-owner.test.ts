// Who listens on a socket is somebody to end: nobody else may be taken for it.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findListener } from '../../../electron/platform/socket-owner.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const noLinux = process.platform === 'linux' ? null : 'skipped: not Linux';
const noNamespaces = noLinux ?? (process.getuid?.() === 0 ? null : 'skipped: not root');

/** Gives the pid of a program that listens there; `prefix` is what it is started with. */
async function listenAt(socket: string, prefix: readonly string[] = []): Promise<number> {
  const program = 'require("net").createServer().listen(process.argv[1], () => console.log("ready"))';
  const [command = '', ...args] = [...prefix, process.execPath, '-e', program, socket];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let isReady = false;
  child.stdout.once('data', () => (isReady = true));
  await waitFor(() => isReady, { what: 'the program to listen' });
  return child.pid ?? 0;
}

it('finds who listens', async ({ skip }) => {
  if (noLinux !== null) skip(noLinux);
  const socket = path.join(await temporaryFolder(), 'tspm.sock');
  const pid = await listenAt(socket);
  expect(await findListener((place) => place === socket)).toBe(pid);
});

it('passes over a process to which the same path is another file', async ({ skip }) => {
  if (noNamespaces !== null) skip(noNamespaces);
  const socket = path.join(await temporaryFolder(), 'tspm.sock');
  await listenAt(socket, ['unshare', '--mount']);
  expect(await findListener((place) => place === socket)).toBe(null);
  rmSync(socket);
  const pid = await listenAt(socket);
  expect(await findListener((place) => place === socket)).toBe(pid);
});
