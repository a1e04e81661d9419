// The shim as a process of its own, behind its socket.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { homePaths } from '../../../electron/platform/home.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import { baseProtocol, ourIntroduction } from '../../../shared/model/shim-hello.ts';
import type { FromShim, ToShim } from '../../../shared/model/shim-protocol.ts';
import { isGone } from '../../helpers/is-gone.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';

interface Client {
  readonly socket: Socket;
  readonly messages: FromShim[];
  readonly closed: () => boolean;
  send(message: ToShim): void;
}

interface ShimProcess {
  readonly paths: HomePaths;
  readonly child: ChildProcess;
  readonly pid: number;
  connect(supervisorPid?: number): Promise<Client>;
  ended(): Promise<number | null>;
}

async function bundle(folder: string): Promise<string> {
  const outfile = path.join(folder, 'shim.cjs');
  const entry = fileURLToPath(new URL('../../../electron/shim/main.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  return outfile;
}

async function startShimProcess(args: (folder: string) => readonly string[] = () => []): Promise<ShimProcess> {
  const folder = await temporaryFolder();
  const paths = homePaths({ TSPM_HOME: path.join(folder, 'home') });
  const program = await bundle(folder);
  mkdirSync(paths.home);
  const child = spawn(process.execPath, [program, ...args(folder)], { env: { ...process.env, TSPM_HOME: paths.home }, stdio: 'ignore' });
  let code: number | null | undefined;
  child.once('exit', (exitCode) => (code = exitCode));
  const ended = async (): Promise<number | null> => {
    await waitFor(() => code !== undefined, { what: 'the shim to end' });
    return code ?? null;
  };
  const sockets = new Set<Socket>();
  const connect = async (supervisorPid = process.pid): Promise<Client> => {
    const socket = createConnection(paths.shimSocket);
    sockets.add(socket);
    const messages: FromShim[] = [];
    let rest = '';
    let closed = false;
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      messages.push(...lines.map((line) => JSON.parse(line) as FromShim));
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => (closed = true));
    const send = (message: ToShim): void => void socket.write(`${JSON.stringify(message)}\n`);
    send({ type: 'hello', version: baseProtocol, supervisorPid });
    await waitFor(() => messages.length > 0 || closed, { what: 'an answer to hello' });
    return { socket, messages, send, closed: () => closed };
  };
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    if (code !== undefined) return;
    const client = await waitFor(async () => {
      const candidate = await connect();
      return candidate.messages[0]?.type === 'welcome' ? candidate : null;
    });
    client.send({ type: 'shutdown' });
    await ended();
  });
  await waitFor(() => existsSync(paths.shimLog) && readFileSync(paths.shimLog, 'utf8').includes('started'), { what: 'the shim to start' });
  return { paths, child, pid: child.pid ?? 0, connect, ended };
}

function sleeper(paths: HomePaths, run = 1): ToShim {
  const logs = { format: 'plain', process: 'api', instance: 0, maxSizeBytes: 1000, maxFiles: 1, maxAgeMs: null, compress: false } as const;
  const files = { out: path.join(paths.logs, 'out.log'), err: path.join(paths.logs, 'err.log') };
  return { type: 'spawn', id: 'api:0', run, command: 'sleep', args: ['1000'], cwd: '/', env: { PATH: process.env['PATH'] ?? '' }, logs: { ...logs, ...files }, pidFile: path.join(paths.pids, 'api-0.pid'), member: null, channel: false };
}

async function spawned(client: Client, run = 1): Promise<number> {
  const message = await waitFor(() => client.messages.find((one) => one.type === 'spawned' && one.run === run));
  return message.type === 'spawned' ? message.pid : 0;
}

describe('the shim', () => {
  it('listens on a private socket and welcomes one supervisor', async () => {
    const shim = await startShimProcess();
    expect(statSync(shim.paths.shimSocket).mode & 0o777).toBe(0o600);
    const first = await shim.connect();
    expect(first.messages).toEqual([{ type: 'welcome', version: baseProtocol, pid: shim.pid, children: [], clusters: [], ...ourIntroduction }]);
    const second = await shim.connect(process.ppid);
    expect(second.messages).toEqual([{ type: 'refused', message: `the supervisor with pid ${process.pid} is connected already`, ...ourIntroduction }]);
    await waitFor(() => second.closed(), { what: 'the second connection to be closed' });
    first.socket.destroy();
    await waitFor(async () => (await shim.connect()).messages[0]?.type === 'welcome', { what: 'the next supervisor to be welcomed' });
  });

  it('welcomes a supervisor in place of one whose process is gone', async () => {
    const shim = await startShimProcess();
    const gone = spawn('true');
    await waitFor(() => gone.exitCode !== null);
    await shim.connect(gone.pid);
    expect((await shim.connect()).messages[0]?.type).toBe('welcome');
  });

  it('keeps its children and their exits over the death of a supervisor', async () => {
    const shim = await startShimProcess();
    const first = await shim.connect();
    first.send(sleeper(shim.paths));
    const pid = await spawned(first);
    first.socket.destroy();
    await waitFor(() => first.closed());
    process.kill(pid, 'SIGTERM');
    await waitFor(() => isGone(pid));
    const second = await waitFor(async () => {
      const candidate = await shim.connect();
      return candidate.messages[0]?.type === 'welcome' ? candidate : null;
    });
    // The shim may have heard of the end a moment after it welcomed the second one.
    const ending = await waitFor(() => {
      const [welcome] = second.messages;
      const known = welcome?.type === 'welcome' ? welcome.children[0]?.exit : null;
      return known ?? second.messages.find((one) => one.type === 'exited' && one.id === 'api:0' && one.run === 1);
    });
    expect(ending).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  it('drops a connection that sends nonsense, or a line without end, and lives on', async () => {
    const shim = await startShimProcess();
    for (const nonsense of ['nonsense\n', '{"dance":1}\n', 'x'.repeat(5 << 20)]) {
      const client = await shim.connect();
      client.socket.write(nonsense);
      await waitFor(() => client.closed(), { what: 'the connection to be dropped' });
    }
    await waitFor(() => readFileSync(shim.paths.shimLog, 'utf8').match(/a connection was dropped/g)?.length === 3, { what: 'three lines in the log of the shim' });
    await waitFor(async () => (await shim.connect()).messages[0]?.type === 'welcome');
  });

  it('answers what it does not understand, and serves on', async () => {
    const shim = await startShimProcess();
    const client = await shim.connect();
    for (const line of [{ type: 'dance', request: 7 }, { type: 'spawn', id: 'api:0', run: 1 }, { type: 'figures', request: 8, names: [] }]) client.socket.write(`${JSON.stringify(line)}\n`);
    await waitFor(() => client.messages.length === 4);
    expect(client.messages.slice(1)).toEqual([
      { type: 'not-understood', what: 'dance', request: 7, id: null, run: null, message: 'this shim does not know the message "dance"' },
      { type: 'not-understood', what: 'spawn', request: null, id: 'api:0', run: 1, message: 'this shim expects another form of the message spawn' },
      { type: 'figures', request: 8, clusters: [] },
    ]);
  });

  it('ends on shutdown with all its children', async () => {
    const shim = await startShimProcess();
    const client = await shim.connect();
    client.send(sleeper(shim.paths));
    const pid = await spawned(client);
    client.send({ type: 'shutdown' });
    expect(await shim.ended()).toBe(0);
    expect(await isGone(pid)).toBe(true);
    expect(client.messages.at(-1)).toMatchObject({ type: 'exited', signal: 'SIGKILL' });
    for (const file of [shim.paths.shimSocket, shim.paths.shimJournal, path.join(shim.paths.pids, 'api-0.pid')]) expect(existsSync(file)).toBe(false);
  });

  it('ends in order on SIGTERM: children get their signal, and SIGKILL after their time', async () => {
    const shim = await startShimProcess();
    const client = await shim.connect();
    const polite = sleeper(shim.paths);
    const stubborn = { ...sleeper(shim.paths), id: 'stubborn:0', command: '/bin/sh', args: ['-c', 'trap "" INT; sleep 1000 & wait; sleep 1000'], stop: { signal: 'SIGINT', timeoutMs: 300 } } as ToShim;
    client.send(polite);
    await spawned(client);
    client.send(stubborn);
    await waitFor(() => client.messages.filter((one) => one.type === 'spawned').length === 2);
    process.kill(shim.pid, 'SIGTERM');
    expect(await shim.ended()).toBe(0);
    const exits = client.messages.filter((one) => one.type === 'exited');
    expect(exits).toMatchObject([{ id: 'api:0', signal: 'SIGTERM' }, { id: 'stubborn:0', signal: 'SIGKILL' }]);
    expect(existsSync(shim.paths.shimSocket)).toBe(false);
  });

  it('does not disturb another that serves the home already', async () => {
    const shim = await startShimProcess();
    const journal = await waitFor(() => existsSync(shim.paths.shimJournal) && readFileSync(shim.paths.shimJournal, 'utf8'), { what: 'the journal' });
    const second = spawn(process.execPath, [path.join(path.dirname(shim.paths.home), 'shim.cjs')], { env: { ...process.env, TSPM_HOME: shim.paths.home } });
    let said = '';
    second.stderr.on('data', (chunk) => (said += String(chunk)));
    await waitFor(() => second.exitCode !== null && said !== '', { what: 'the second shim to give up' });
    expect(second.exitCode).toBe(1);
    expect(said).toContain(`another shim (pid ${shim.pid}) serves this home`);
    expect(readFileSync(shim.paths.shimJournal, 'utf8')).toBe(journal);
    expect((await shim.connect()).messages[0]?.type).toBe('welcome');
  });

  it('takes the place of one that was killed', async () => {
    const shim = await startShimProcess();
    process.kill(shim.pid, 'SIGKILL');
    await shim.ended();
    expect(existsSync(shim.paths.shimSocket)).toBe(true);
    const program = path.join(path.dirname(shim.paths.home), 'shim.cjs');
    const next = spawn(process.execPath, [program], { env: { ...process.env, TSPM_HOME: shim.paths.home }, stdio: 'ignore' });
    const client = await waitFor(async () => {
      const candidate = await shim.connect();
      return candidate.messages[0]?.type === 'welcome' ? candidate : null;
    });
    expect(client.messages).toMatchObject([{ type: 'welcome', pid: next.pid }]);
    client.send({ type: 'shutdown' });
    await waitFor(() => next.exitCode !== null);
  });
});

describe('a shim whose socket is removed', () => {
  it('binds it anew, keeps who is connected, and writes its journal again', async () => {
    const shim = await startShimProcess();
    const client = await shim.connect();
    client.send(sleeper(shim.paths));
    const pid = await spawned(client);
    await waitFor(() => existsSync(shim.paths.shimJournal), { what: 'the journal' });
    for (let round = 0; round < 2; round += 1) {
      rmSync(shim.paths.shimSocket);
      rmSync(shim.paths.shimJournal, { force: true });
      const next = await waitFor(() => (existsSync(shim.paths.shimSocket) ? shim.connect().catch(() => null) : null), { what: 'the socket' });
      expect(next.messages).toMatchObject([{ type: 'welcome', pid: shim.pid, children: [{ id: 'api:0' }] }]);
      expect(statSync(shim.paths.shimSocket).mode & 0o777).toBe(0o600);
      await waitFor(() => existsSync(shim.paths.shimJournal), { what: 'the journal' });
    }
    client.send({ type: 'figures', request: 1, names: [] });
    expect(client.closed()).toBe(false);
    expect(await isGone(pid)).toBe(false);
  });

  it('is no reason for another shim to start', async () => {
    const shim = await startShimProcess();
    await waitFor(() => existsSync(shim.paths.shimJournal), { what: 'the journal' });
    rmSync(shim.paths.shimSocket);
    const second = spawn(process.execPath, [path.join(path.dirname(shim.paths.home), 'shim.cjs')], { env: { ...process.env, TSPM_HOME: shim.paths.home } });
    let said = '';
    second.stderr.on('data', (chunk) => (said += String(chunk)));
    await waitFor(() => second.exitCode !== null && said !== '', { what: 'the second shim to give up' });
    expect(said).toContain(`another shim (pid ${shim.pid}) serves this home`);
    await waitFor(() => existsSync(shim.paths.shimSocket), { what: 'the socket' });
  });
});

describe('a shim whose home was removed', () => {
  /** With a child, and a journal that names it: the last of the files that a spawn brings. */
  async function withChild() {
    const shim = await startShimProcess();
    const client = await shim.connect();
    client.send(sleeper(shim.paths));
    const pid = await spawned(client);
    await waitFor(() => existsSync(shim.paths.shimJournal) && readFileSync(shim.paths.shimJournal, 'utf8').includes(`"pid":${pid}`), { what: 'the journal to name the child' });
    return { shim, client, pid };
  }

  it('ends with its children once its supervisor is gone', async () => {
    const { shim, client, pid } = await withChild();
    rmSync(shim.paths.home, { recursive: true });
    client.socket.destroy();
    expect(await shim.ended()).toBe(0);
    expect(await isGone(pid)).toBe(true);
  });

  it('has its place back from another one without services', async () => {
    const { shim, client, pid } = await withChild();
    rmSync(shim.paths.home, { recursive: true });
    const program = path.join(path.dirname(shim.paths.home), 'shim.cjs');
    const next = spawn(process.execPath, [program], { env: { ...process.env, TSPM_HOME: shim.paths.home }, stdio: 'ignore' });
    client.socket.destroy();
    await waitFor(() => next.exitCode !== null, { what: 'the newcomer to leave' });
    expect(next.exitCode).toBe(0);
    const heir = await waitFor(() => shim.connect().then((one) => (one.messages[0]?.type === 'welcome' ? one : null), () => null), { what: 'the first one to serve' });
    expect(heir.messages).toMatchObject([{ type: 'welcome', pid: shim.pid, children: [{ pid }] }]);
  });

  it('ends when another one has services there, and nobody is connected to it', async () => {
    const { shim, client, pid } = await withChild();
    rmSync(shim.paths.home, { recursive: true });
    mkdirSync(shim.paths.home, { mode: 0o700 });
    const rival = createServer(() => undefined).listen(shim.paths.shimSocket);
    onTestFinished(() => void rival.close());
    writeFileSync(shim.paths.shimJournal, JSON.stringify({ shimPid: process.pid, shimStartTime: '1', children: [{ id: 'api:0', pid: 1, startTime: '1' }] }));
    client.socket.destroy();
    expect(await shim.ended()).toBe(0);
    expect(await isGone(pid)).toBe(true);
    expect(existsSync(shim.paths.shimSocket)).toBe(true);
    expect(existsSync(shim.paths.shimJournal)).toBe(true);
  });
});

describe('a lost supervisor', () => {
  const daemon = (folder: string): string => path.join(folder, 'daemon.cjs');
  const report = (folder: string): string => path.join(folder, 'report.json');
  const writeDaemon = (folder: string): readonly string[] => {
    const content = `const { TSPM_HOME, TSPM_HOME_ID, UV_THREADPOOL_SIZE } = process.env; require('fs').writeFileSync(${JSON.stringify(report(folder))}, JSON.stringify({ home: TSPM_HOME, mark: TSPM_HOME_ID ?? null, threads: UV_THREADPOOL_SIZE ?? null }));`;
    writeFileSync(daemon(folder), content);
    return ['--daemon', daemon(folder)];
  };

  it('is replaced by a headless one', async () => {
    const shim = await startShimProcess(writeDaemon);
    const file = report(path.dirname(shim.paths.home));
    (await shim.connect()).socket.destroy();
    const content = await waitFor(() => existsSync(file) && (readFileSync(file, 'utf8') || null), { what: 'the daemon to run' });
    expect(JSON.parse(content)).toEqual({ home: shim.paths.home, mark: null, threads: process.env['UV_THREADPOOL_SIZE'] ?? null });
  });
});
