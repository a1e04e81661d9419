import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { homePaths } from '../../../electron/platform/home.ts';
import { homeMarker, pidExists } from '../../../electron/platform/process-identity.ts';
import { accepts, launchDaemon } from '../../../electron/transport/launch.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';

/** Listens as a daemon does, notes its environment, and ends with the first caller that says so. */
const daemon = `
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const home = process.env.TSPM_HOME;
const server = require('node:net').createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', () => process.exit(0));
});
writeFileSync(path.join(home, 'seen.json'), JSON.stringify({ pid: process.pid, cwd: process.cwd(), marker: process.env.${homeMarker} ?? null, extra: process.env.EXTRA }));
server.listen(path.join(home, 'tspm.sock'));
`;

async function daemonHome(program: string) {
  const folder = await temporaryFolder();
  const entry = path.join(folder, 'daemon.cjs');
  await writeFile(entry, program);
  const paths = homePaths({ TSPM_HOME: path.join(folder, 'home') });
  return { entry, paths, env: { PATH: process.env['PATH'], EXTRA: 'x', [homeMarker]: 'of another home' } };
}

describe('launchDaemon', () => {
  it('starts a detached daemon of this home and returns when it accepts', async () => {
    const { entry, paths, env } = await daemonHome(daemon);
    await launchDaemon(paths, { entry, env });
    const seen = JSON.parse(await readFile(path.join(paths.home, 'seen.json'), 'utf8')) as { readonly pid: number };
    onTestFinished(async () => {
      process.kill(seen.pid, 'SIGKILL');
      await waitFor(() => !pidExists(seen.pid));
    });
    expect(await accepts(paths.controlSocket)).toBe(true);
    expect(seen).toEqual({ pid: expect.any(Number), cwd: paths.home, marker: null, extra: 'x' });
  });

  it('shows the end of the log when the daemon fails', async () => {
    const { entry, paths, env } = await daemonHome("console.error('the reason'); process.exit(7);");
    await expect(launchDaemon(paths, { entry, env })).rejects.toMatchObject({ code: 'engine-unreachable', message: 'the engine did not start: exited with code 7\nthe reason' });
  });

  it('gives up after a time', async () => {
    const { entry, paths, env } = await daemonHome("setTimeout(() => {}, 300);");
    await expect(launchDaemon(paths, { entry, env, timeoutMs: 50 })).rejects.toMatchObject({ message: expect.stringContaining('did not answer within 0.05 s') });
  });

  it('says when the home cannot be made', async () => {
    const { entry } = await daemonHome(daemon);
    await expect(launchDaemon(homePaths({ TSPM_HOME: path.join(entry, 'home') }), { entry })).rejects.toMatchObject({ code: 'engine-unreachable', message: expect.stringContaining('cannot be made') });
  });
});
