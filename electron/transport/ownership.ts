// One owner per home: whoever binds the control socket. A dead socket is replaced, a live one is respected.
import { chmod, open, readFile, rm, stat } from 'node:fs/promises';
import { createConnection, type Server } from 'node:net';
import type { HomePaths } from '../../shared/model/home.ts';
import type { Timer } from '../../shared/model/clock.ts';
import { errorCode, Failure } from '../../shared/model/failure.ts';
import { checkSocket } from '../platform/trust/check-socket.ts';
import { isSameProcess, processStartTime } from '../platform/process-identity.ts';

const attempts = 100;
const pauseMs = 20;
const ownershipCheckMs = 5000;
/** In the place of a socket's identity. */
const gone = 'gone';

/**
 * Makes `server` listen on the control socket. False when somebody alive owns the home already.
 * Throws a Failure when the socket's place may be somebody else's, and the system error when it cannot be bound for another reason (rights, a missing folder).
 */
export async function claimHome(server: Server, paths: HomePaths): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    checkSocket(paths.controlSocket);
    if (await listen(server, paths.controlSocket)) {
      if (process.platform !== 'win32') await chmod(paths.controlSocket, 0o600);
      return true;
    }
    if (await answers(paths.controlSocket)) return false;
    // The owner is dead. One of those who see it may clear the place; the others look again.
    if (await takeLock(`${paths.home}/takeover.lock`)) {
      try {
        if (!(await answers(paths.controlSocket))) await rm(paths.controlSocket, { force: true });
        if (await listen(server, paths.controlSocket)) {
          if (process.platform !== 'win32') await chmod(paths.controlSocket, 0o600);
          return true;
        }
      } finally {
        await rm(`${paths.home}/takeover.lock`, { force: true });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Failure('failed', `the socket ${paths.controlSocket} is neither alive nor free. Remove it if no TSPM uses it.`);
}

/**
 * Calls `lost` once when the socket that was claimed is gone or another one: somebody removed the home, or took it over.
 * Two supervisors over one home would fight for its services. A named pipe cannot be lost this way.
 */
export function watchOwnership(paths: HomePaths, lost: () => void): Timer {
  let timer: NodeJS.Timeout | undefined;
  let cancelled = false;
  const cancel = (): void => {
    cancelled = true;
    clearInterval(timer);
  };
  if (process.platform === 'win32') return { cancel };
  const identify = (): Promise<string> =>
    stat(paths.controlSocket).then(
      ({ dev, ino }) => `${dev}:${ino}`,
      () => gone,
    );
  void identify().then((own) => {
    if (cancelled) return;
    if (own === gone) {
      lost();
      return;
    }
    timer = setInterval(() => {
      void identify().then((now) => {
        if (cancelled || now === own) return;
        cancel();
        lost();
      });
    }, ownershipCheckMs);
    timer.unref();
  });
  return { cancel };
}

function listen(server: Server, socket: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      server.off('listening', listening);
      if (errorCode(error) === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    const listening = (): void => {
      server.off('error', failed);
      resolve(true);
    };
    server.once('error', failed);
    server.once('listening', listening);
    server.listen(socket);
  });
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection(socket);
    const finish = (alive: boolean): void => {
      probe.destroy();
      resolve(alive);
    };
    probe.once('connect', () => finish(true));
    probe.once('error', (error) => finish(errorCode(error) === 'EAGAIN'));
  });
}

/** The lock names its holder by pid and start time, so that a holder that died does not keep it. */
async function takeLock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify({ pid: process.pid, startTime: await processStartTime(process.pid) }));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    if (!(await lockHeld(file))) await rm(file, { force: true });
    return false;
  }
}

async function lockHeld(file: string): Promise<boolean> {
  try {
    const holder: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof holder !== 'object' || holder === null || !('pid' in holder) || !('startTime' in holder)) return false;
    return await isSameProcess(Number(holder.pid), String(holder.startTime));
  } catch (error) {
    // Gone: free. Half written: its holder is at work this very moment, or died at it; the next look tells.
    return errorCode(error) !== 'ENOENT' && (await isYoung(file));
  }
}

async function isYoung(file: string): Promise<boolean> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs < 1000,
    () => false,
  );
}
