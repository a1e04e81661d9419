// Starts a headless engine beside this program and waits until it answers.
import { open, readFile } from 'node:fs/promises';
import { createConnection, Socket } from 'node:net';
import path from 'node:path';
import { describeExit } from '../../shared/model/process-state.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import { errorCode, errorMessage, Failure } from '../../shared/model/failure.ts';
import { daemonFlags, engineEnvironment } from '../platform/engine-process.ts';
import { prepareHome } from '../platform/home.ts';
import { productVersion } from '../../shared/contract/version.ts';
import { isOlderVersion } from '../../shared/model/shim-hello.ts';
import type { LoginSession } from '../platform/login-session.ts';
import { spawnOwn } from '../platform/spawn-own.ts';
import { checkSocket } from '../platform/trust/check-socket.ts';
import { greet } from './http/hello.ts';

export interface LaunchOptions {
  /** The bundled daemon; by default `daemon.cjs` beside the running bundle. */
  readonly entry?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** An older engine has the home: it is asked to hand it over, and the launch is done when one of this version is there. */
  readonly takeOver?: boolean;
  /** Called when its process exists. */
  readonly onSpawn?: () => void;
  /** By default what is so. */
  readonly session?: LoginSession | null;
  /** Milliseconds until the engine must accept connections; 10 s by default. */
  readonly timeoutMs?: number;
}

/** With this argument a daemon that cannot start writes the reason to this descriptor. */
export const tellFlag = '--tell';
/** With it, it takes the home over from an older one. */
export const takeOverFlag = '--take-over';
export const tellDescriptor = 3;
const launchMs = 10_000;
/** The older one may finish what it is at. */
const takeOverMs = 20_000;
const greetMs = 1000;
const maxReasonBytes = 65_536;

/** A daemon usually answers within 200 ms: ask often at first, then seldom. */
const eagerMs = 500;
const eagerDelayMs = 5;
const patientDelayMs = 50;

/**
 * Starts the daemon of this home, detached, and returns once its control socket accepts connections. When another
 * process became the owner meanwhile, that is as good. Throws `engine-unreachable` with the end of the daemon's log.
 */
export async function launchDaemon(paths: HomePaths, options: LaunchOptions = {}): Promise<void> {
  const entry = options.entry ?? path.join(__dirname, 'daemon.cjs');
  await prepareHome(paths).catch((error: unknown) => {
    if (error instanceof Failure) throw error;
    throw new Failure('engine-unreachable', `the folder ${paths.home} cannot be made: ${errorMessage(error)}`);
  });
  // A disk that is full or read-only has no room for a log; that is no reason not to start.
  const log = await open(paths.daemonLog, 'a', 0o600).catch(() => null);
  const logStart = log === null ? 0 : (await log.stat()).size;
  const env = engineEnvironment(options.env ?? process.env, paths.home);
  const child = await spawnOwn({ args: [...daemonFlags, entry, tellFlag, ...(options.takeOver === true ? [takeOverFlag] : [])], env, home: paths.home, log: log?.fd ?? null, tells: true, ...(options.session === undefined ? {} : { session: options.session }) })
    .catch((error: unknown) => {
      throw launchFailure(`the engine did not start: ${errorMessage(error)}`, '');
    })
    .finally(() => log?.close());
  let reason = '';
  const told = child.stdio[tellDescriptor];
  told?.on('data', (text: Buffer) => (reason = (reason + text.toString('utf8')).slice(0, maxReasonBytes)));
  let ended: string | null = null;
  child.on('error', () => undefined);
  // After the last of what it says.
  child.once('close', (code, signal) => {
    // Code 0: another daemon is the owner already, or will be in a moment.
    if (code !== 0) ended = describeExit({ code, signal });
  });
  try {
    options.onSpawn?.();
    const isUp = options.takeOver === true ? () => isOfThisVersion(paths.controlSocket) : () => accepts(paths.controlSocket);
    await waitFor(isUp, options.timeoutMs ?? (options.takeOver === true ? takeOverMs : launchMs), () => ended, () => reason || tailOf(paths.daemonLog, logStart));
  } finally {
    child.unref();
    if (told instanceof Socket) told.destroy();
    child.removeAllListeners('close');
  }
}

async function waitFor(isUp: () => Promise<boolean>, timeoutMs: number, ended: () => string | null, reason: () => string | Promise<string>): Promise<void> {
  const begin = performance.now();
  for (;;) {
    const gone = ended();
    if (await isUp()) return;
    if (gone !== null) throw launchFailure(`the engine did not start: ${gone}`, await reason());
    const elapsedMs = performance.now() - begin;
    if (elapsedMs > timeoutMs) throw launchFailure(`the engine did not answer within ${timeoutMs / 1000} s`, await reason());
    await new Promise((resolve) => setTimeout(resolve, elapsedMs < eagerMs ? eagerDelayMs : patientDelayMs));
  }
}

async function isOfThisVersion(socketPath: string): Promise<boolean> {
  const greeting = await greet(socketPath, greetMs);
  return greeting.state === 'answers' && greeting.version !== null && !isOlderVersion(greeting.version, productVersion);
}

/** True when something accepts connections on this socket or named pipe. Throws a Failure when it may be somebody else's. */
export async function accepts(socketPath: string): Promise<boolean> {
  try {
    checkSocket(socketPath);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
  return await new Promise((resolve) => {
    const socket = createConnection(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function tailOf(file: string, logStart: number): Promise<string> {
  const log = await readFile(file).catch(() => Buffer.alloc(0));
  const tail = log.subarray(logStart).toString('utf8').trimEnd().split('\n').slice(-10).join('\n');
  return tail === '' ? `(its log is ${file})` : tail;
}

function launchFailure(problem: string, reason: string): Failure {
  return new Failure('engine-unreachable', `${problem}\n${reason.trimEnd()}`);
}
