// Who gets the place of a socket, when many ask in the same moments.
import { createServer, type Server } from 'node:net';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { homePaths, prepareHome } from '../../../electron/platform/home.ts';
import { claimHome, type Ownership } from '../../../electron/transport/ownership.ts';
import { linkTo, listenBeside, lookAt } from '../../../electron/transport/socket-place.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const rounds = 40;
const racers = 12;

async function home() {
  const paths = homePaths({ TSPM_HOME: path.join(await temporaryFolder(), 'home') });
  await prepareHome(paths);
  return paths;
}

function newServer(): Server {
  const server = createServer((socket) => socket.on('error', () => undefined).end());
  onTestFinished(() => void server.close());
  return server;
}

/** What an owner leaves behind that was killed. */
async function leaveDead(place: string): Promise<void> {
  const server = createServer();
  linkTo(await listenBeside(server, place), place);
  await new Promise((resolve) => server.close(resolve));
}

it.skipIf(process.platform === 'win32')('gives it to one, however the steps of all of them fall together', async () => {
  const paths = await home();
  const place = paths.controlSocket;
  for (let round = 0; round < rounds; round++) {
    if (round % 3 === 0) await leaveDead(place);
    else if (round % 3 === 1) await writeFile(place, 'no socket at all');
    const servers = Array.from({ length: racers }, newServer);
    const claims = await Promise.all(servers.map((server) => claimHome(server, paths)));
    expect(claims.filter((one) => one !== null)).toHaveLength(1);
    expect(servers.filter((one) => one.listening)).toHaveLength(1);
    expect((await lookAt(place)).state).toBe('alive');
    claims.find((one) => one !== null)?.leave();
    for (const server of servers) server.close();
    expect((await readdir(paths.home)).sort()).toEqual(['logs', 'pids', 'run']);
  }
});

interface Watched {
  readonly ownership: Ownership | null;
  readonly notes: string[];
  lost: number;
}

async function owner(paths: Awaited<ReturnType<typeof home>>): Promise<Watched> {
  const ownership = await claimHome(newServer(), paths);
  const watched: Watched = { ownership, notes: [], lost: 0 };
  ownership?.watch({ note: (text) => watched.notes.push(text), lost: () => (watched.lost += 1) });
  onTestFinished(() => ownership?.unwatch());
  return watched;
}

it.skipIf(process.platform === 'win32')('binds it again when it vanishes', async () => {
  const paths = await home();
  const one = await owner(paths);
  for (let round = 1; round <= 5; round++) {
    await rm(paths.controlSocket);
    await waitFor(() => one.notes.length === round, { what: 'the socket to be bound again' });
    expect(await claimHome(newServer(), paths)).toBe(null);
  }
  expect(one.lost).toBe(0);
});

it.skipIf(process.platform === 'win32')('leaves when the home is gone, or has had another owner for a while', { timeout: 20_000 }, async () => {
  const gone = await home();
  const first = await owner(gone);
  // In one step: while it is emptied the owner would put its socket back.
  await rename(gone.home, `${gone.home}-aside`);
  await waitFor(() => first.lost === 1, { what: 'the owner to leave' });

  const taken = await home();
  const second = await owner(taken);
  const other = newServer();
  const folder = path.dirname(taken.controlSocket);
  const own = await listenBeside(other, taken.controlSocket);
  await rename(own, taken.controlSocket);
  await waitFor(() => second.lost === 1, { what: 'the owner to leave', timeoutMs: 15_000 });
  expect(await readdir(folder)).toContain('tspm.sock');
  expect((await lookAt(taken.controlSocket)).state).toBe('alive');
});
