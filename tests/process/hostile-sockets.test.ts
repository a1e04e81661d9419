// Sockets of homes with long paths lie below /tmp, where everybody can put something: nobody but their owner is believed.
import { chmodSync, existsSync, lchownSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { homePaths } from '../../electron/platform/home.ts';
import { checkSocket } from '../../electron/platform/trust/check-socket.ts';
import { connectToShim } from '../../electron/supervisor/host/shim-connection.ts';
import { claimSocket } from '../../electron/shim/door.ts';
import { createHttpTransport } from '../../electron/transport/http/client.ts';
import { createControlServer } from '../../electron/transport/http/server.ts';
import { accepts, launchDaemon } from '../../electron/transport/launch.ts';
import { claimHome } from '../../electron/transport/ownership.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import { giveToStranger, strangerUid, testWithStranger } from '../helpers/as-user.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { waitFor } from '../helpers/wait-for.ts';

let paths: HomePaths;
let folder: string;

beforeEach(async () => {
  paths = homePaths({ TSPM_HOME: path.join(await temporaryFolder(), 'long'.repeat(25), 'home') });
  folder = path.dirname(paths.controlSocket);
  expect(folder).toMatch(/^\/tmp\/tspm-\d+-[0-9a-f]+$/);
  mkdirSync(path.dirname(paths.home));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the other user runs: it believes everybody, and writes down what it hears. */
async function fakeEngine(): Promise<{ readonly heard: () => string }> {
  let heard = '';
  const servers = [paths.controlSocket, paths.shimSocket].map((socket) =>
    createServer((connection) => {
      heard += 'connected ';
      connection.on('error', () => undefined).on('data', (bytes) => (heard += String(bytes)));
    }).listen(socket),
  );
  await Promise.all(servers.map((server) => once(server, 'listening')));
  onTestFinished(() => servers.forEach((server) => void server.close()));
  return { heard: () => heard };
}

const everyCaller: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['a client', () => createHttpTransport(paths.controlSocket).call('start', { secret: 'hunter2' }, {})],
  ['a stream', () => createHttpTransport(paths.controlSocket).subscribe('events', {}, { after: null, signal: new AbortController().signal, next: () => undefined })],
  ['the desktop and the waiting launcher', () => accepts(paths.controlSocket)],
  ['the launcher', () => launchDaemon(paths, { entry: '/nowhere/daemon.cjs' })],
  ['an owner that listens', () => claimHome(createControlServer(new Promise(() => undefined), () => undefined), paths)],
  ['a supervisor', () => connectToShim(paths.shimSocket, () => undefined)],
  ['a shim', () => claimSocket(paths.shimSocket)],
];

async function refuseAll(words: RegExp): Promise<void> {
  for (const [who, act] of everyCaller) await expect(act(), who).rejects.toMatchObject({ code: 'engine-unreachable', message: expect.stringMatching(words) });
}

testWithStranger('a folder of somebody else is refused by everybody, and its engine hears nothing', async () => {
  mkdirSync(folder, { mode: 0o755 });
  const engine = await fakeEngine();
  await giveToStranger(paths.controlSocket, paths.shimSocket, folder);
  await refuseAll(/belongs to the user with uid 61234, not to you: it is not TSPM's; remove it, or set TSPM_HOME/);
  expect(engine.heard()).toBe('');
});

testWithStranger('a socket of somebody else in a folder of our own is refused', async () => {
  mkdirSync(folder, { mode: 0o700 });
  const engine = await fakeEngine();
  await giveToStranger(paths.controlSocket, paths.shimSocket);
  await refuseAll(/\.sock belongs to the user with uid 61234/);
  expect(engine.heard()).toBe('');
});

test('a folder of our own where others can write is refused', async () => {
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  const engine = await fakeEngine();
  await refuseAll(/can be written by other users.*chmod 700/);
  expect(engine.heard()).toBe('');
});

testWithStranger('a link in the place of the folder is refused', async () => {
  const elsewhere = await temporaryFolder();
  symlinkSync(elsewhere, folder);
  await giveToStranger(elsewhere);
  lchownSync(folder, strangerUid, strangerUid);
  await refuseAll(/is a symbolic link of the user with uid 61234/);
});

test('a link in the place of a socket is refused', () => {
  mkdirSync(folder, { mode: 0o700 });
  symlinkSync('/nowhere', paths.controlSocket);
  expect(() => checkSocket(paths.controlSocket)).toThrow(/tspm\.sock is a symbolic link/);
});

testWithStranger('swapping the folder all the time gets nothing', async () => {
  // As fast as it can: now a folder with an engine in it, now a link to one, now nothing.
  const program = `
    const fs = require('node:fs'); const net = require('node:net'); const [folder, own] = process.argv.slice(1);
    fs.mkdirSync(own); let heard = 0;
    net.createServer((socket) => { heard += 1; fs.writeFileSync(own + '/heard', String(heard)); socket.destroy(); }).listen(own + '/tspm.sock', () => console.log('ready'));
    const attempt = (act) => { try { act(); } catch {} };
    const swap = () => { for (let i = 0; i < 20; i++) {
      attempt(() => fs.symlinkSync(own, folder)); attempt(() => fs.unlinkSync(folder));
      attempt(() => fs.renameSync(own, folder)); attempt(() => fs.renameSync(folder, own)); } setImmediate(swap); };
    swap();`;
  const shared = await temporaryFolder();
  chmodSync(shared, 0o777);
  const own = path.join(shared, 'engine');
  const attacker = spawn(process.execPath, ['-e', program, folder, own], { uid: strangerUid, gid: strangerUid, stdio: ['ignore', 'pipe', 'inherit'], cwd: '/' });
  onTestFinished(() => void attacker.kill('SIGKILL'));
  await once(attacker.stdout, 'data');
  const client = createHttpTransport(paths.controlSocket);
  let denied = 0;
  const until = performance.now() + 1000;
  while (performance.now() < until) {
    await client.call('list', {}, {}).catch((error: unknown) => {
      if (/uid 61234/.test(String(error))) denied += 1;
    });
  }
  attacker.kill('SIGKILL');
  await once(attacker, 'exit');
  expect(denied).toBeGreaterThan(0);
  expect([own, folder].some((place) => existsSync(path.join(place, 'heard')))).toBe(false);
});

testWithStranger('an engine gives nothing up for what another user puts in the place of its socket', async () => {
  mkdirSync(folder, { mode: 0o700 });
  mkdirSync(paths.home, { mode: 0o700 });
  const server = createControlServer(new Promise(() => undefined), () => undefined);
  const ownership = await claimHome(server, paths);
  const said: string[] = [];
  let lost = false;
  ownership?.watch({ lost: () => (lost = true), note: (text) => said.push(text) });
  onTestFinished(() => {
    ownership?.leave();
    server.close();
  });
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  const engine = await fakeEngine();
  await giveToStranger(paths.controlSocket, paths.shimSocket, folder);
  // Until then it was a socket of our own.
  const before = engine.heard();
  await waitFor(() => said.some((text) => /cannot be looked after: .*uid 61234/.test(text)), { what: 'the engine to say so' });
  rmSync(folder, { recursive: true });
  await waitFor(() => said.some((text) => text.includes('bound again')), { what: 'the socket to be bound again' });
  expect(lost).toBe(false);
  expect(engine.heard()).toBe(before);
  expect(await accepts(paths.controlSocket)).toBe(true);
});

test('TMPDIR does not decide where the sockets are, except for what an older engine left there', async () => {
  const { TMPDIR } = process.env;
  onTestFinished(() => {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  });
  const other = await temporaryFolder();
  process.env['TMPDIR'] = other;
  expect(homePaths({ TSPM_HOME: paths.home }).controlSocket).toBe(paths.controlSocket);
  const earlier = path.join(other, path.basename(folder));
  mkdirSync(earlier, { mode: 0o700 });
  const server = createServer().listen(path.join(earlier, 'shim.sock'));
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  expect(homePaths({ TSPM_HOME: paths.home }).controlSocket).toBe(path.join(earlier, 'tspm.sock'));
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(paths.controlSocket, '');
  expect(homePaths({ TSPM_HOME: paths.home }).controlSocket).toBe(paths.controlSocket);
});

testWithStranger('a shim removes nothing, and asks nobody, in a folder that another user puts in the place of its own', async () => {
  mkdirSync(paths.home, { mode: 0o700 });
  const victim = await temporaryFolder();
  const precious = path.join(victim, path.basename(paths.shimSocket));
  writeFileSync(precious, 'precious');
  const said: string[] = [];
  const door = await claimSocket(paths.shimSocket);
  onTestFinished(() => door.close());
  door.serve({ home: paths.home, journal: () => '', busy: () => true, log: (text) => said.push(text), rebound: () => undefined }, (socket) => void socket.destroy());
  rmSync(folder, { recursive: true });
  symlinkSync(victim, folder);
  lchownSync(folder, strangerUid, strangerUid);
  expect(door.look()).toBe('ours');
  rmSync(precious);
  expect(door.look()).toBe('ours');
  await waitFor(() => said.length > 1, { what: 'both complaints' });
  expect(said.join()).toMatch(/cannot be taken back.*uid 61234.*cannot be bound anew.*uid 61234/s);
  rmSync(folder);
  mkdirSync(folder);
  const engine = await fakeEngine();
  await giveToStranger(paths.controlSocket, paths.shimSocket, folder);
  expect(door.look()).toBe('ours');
  await waitFor(() => said.length > 2, { what: 'a complaint about the folder' });
  expect(engine.heard()).toBe('');
  expect(existsSync(paths.shimSocket)).toBe(true);
  rmSync(folder, { recursive: true });
  expect(door.look()).toBe('ours');
  expect(await accepts(paths.shimSocket)).toBe(true);
});

test('the folder is made for its owner only', async () => {
  const claim = await claimSocket(paths.shimSocket);
  onTestFinished(() => void claim.close());
  expect(lstatSync(folder).mode & 0o777).toBe(0o700);
  expect(await accepts(paths.shimSocket)).toBe(true);
  await waitFor(() => existsSync(paths.shimSocket), { what: 'the socket' });
});
