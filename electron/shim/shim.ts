// The data plane as one object, without a socket: it runs in a process of its own (main.ts) or inside another.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { assertNever } from '../../shared/model/assert-never.ts';
import { atMost } from '../../shared/model/at-most.ts';
import { systemClock, type Clock, type Timer } from '../../shared/model/clock.ts';
import type { Starter } from '../../shared/model/starter.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import { commonProtocol, ourIntroduction, rangeWords, readIntroduction } from '../../shared/model/shim-hello.ts';
import type { FromShim, ToShim } from '../../shared/model/shim-protocol.ts';
import { createFifoPool } from '../platform/fifo.ts';
import { homeId } from '../platform/home.ts';
import { pidExists, processStartTimeSync } from '../platform/process-identity.ts';
import type { Clusters } from './balancer/clusters.ts';
import { InheritedSockets, type InheritedSocket } from './balancer/inherited-sockets.ts';
import { Children } from './children.ts';
import { createCompressor } from './compressor.ts';
import { Disk } from './disk.ts';
import { LogFiles } from './log-files.ts';
import { Outputs } from './outputs.ts';
import { createOwnLog } from './own-log.ts';
import { SmallFiles } from './small-files.ts';

/** Rotated files are compressed after this pause. */
const compressDelayMs = 2000;
/** What SIGKILL has not ended by then (a process stuck in the kernel) is left behind at a shutdown. */
const shutdownMs = 2000;
/** For the last words to a disk that may hang. */
const settleMs = 1000;

export interface ShimOptions {
  readonly paths: HomePaths;
  readonly clock?: Clock;
  /** Listening sockets from the shim before this one. */
  readonly inherited?: readonly InheritedSocket[];
  /** Set when another shim has the place in the home still: the paths that are this one's once it is promoted. */
  readonly successorTo?: HomePaths;
  readonly onPromoted?: () => void;
  /** After a `shutdown`: nothing runs any more, and all files are closed but for those on a disk that hangs. */
  readonly onShutdown?: (diskHangs: boolean) => void;
  /** A supervisor was welcomed, or has gone (`released`: on purpose). */
  readonly onConnected?: () => void;
  readonly onDisconnected?: (released: boolean) => void;
  /** How to start a supervisor like the one that is connected. */
  readonly onStarter?: (starter: Starter) => void;
}

export interface ShimConnection {
  receive(message: ToShim): void;
  detach(): void;
}

export interface Shim {
  readonly log: (text: string) => void;
  /** Children run, or exits wait to be acknowledged. */
  readonly busy: boolean;
  /** Resolves when all output that was read is in the logs; never, while a disk hangs. */
  written(): Promise<void>;
  /** A supervisor, or one that wants to be: it begins with `hello` and is welcomed or refused. */
  attach(send: (message: FromShim) => void): ShimConnection;
  /** Ends all children and closes everything. */
  shutdown(): void;
  /** The same in order: each child gets its signal and its time to end by itself. No supervisor is served any more. */
  endInOrder(): void;
  /** Writes what tells others of this shim once more: somebody removed it. */
  refresh(): void;
  /** The same, when the home belongs to another shim by now: its journal and pid files are left alone. */
  abandon(): void;
}

interface Link {
  readonly send: (message: FromShim) => void;
  pid: number;
  /** What the supervisor understands beyond the base protocol. */
  features: ReadonlySet<string>;
  released: boolean;
}

/** Makes the folders it needs. Throws the system error when that is impossible. */
export function createShim(options: ShimOptions): Shim {
  const { paths, clock = systemClock } = options;
  for (const folder of [paths.home, paths.logs, paths.pids, paths.run]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const disk = new Disk(clock);
  const ownLog = createOwnLog(paths.shimLog, () => clock.now(), disk);
  const log = ownLog.write;
  const compressor = createCompressor(clock, compressDelayMs, disk, log);
  const files = new LogFiles({ clock, disk, compressor, budget: { used: 0 }, log });
  const smallFiles = new SmallFiles(disk, log);
  const fifos = createFifoPool(paths.run, (name, exists) => smallFiles.set(path.join(paths.run, name), () => (exists ? '' : null)));
  let current: Link | null = null;
  let ending = false;
  let closed = false;
  let killTimer: Timer | null = null;
  let clusters: Clusters | null = null;
  const inherited = new InheritedSockets(options.inherited);

  // Nothing is queued for a supervisor that is not there: it finds the table in its welcome.
  const send = (message: FromShim): void => current?.send(message);
  const outputs = new Outputs({ fifos, files, now: () => clock.now() }, clock, send);
  const children: Children = new Children({ homeId: homeId(paths.home), clock, outputs, smallFiles, balancing: () => clusters, send, log, onChange });
  const head = { shimPid: process.pid, shimStartTime: processStartTimeSync(process.pid) ?? '' };
  // For whoever cleans up after a `kill -9` of this process.
  const journal = (): string => `${JSON.stringify({ ...head, children: children.journal() })}\n`;
  let journalFile = paths.shimJournal;
  smallFiles.set(journalFile, journal);

  function onChange(): void {
    if (!ending) smallFiles.set(journalFile, journal);
    else if (children.runningCount === 0) close();
  }

  function shutdown(): void {
    if (ending) return;
    ending = true;
    children.killAll();
    if (children.runningCount === 0) close();
    else killTimer = clock.after(shutdownMs, close);
  }

  /** A supervisor that knows what that means lets go: what ends here is no failure of a service. */
  function endInOrder(): void {
    if (ending) return;
    ending = true;
    if (current?.features.has('ending') === true) send({ type: 'ending' });
    if (children.runningCount === 0) close();
    else children.endInOrder();
  }

  function close(): void {
    if (closed) return;
    closed = true;
    killTimer?.cancel();
    void leave();
  }

  /** What is on disks that answer is complete then. */
  async function leave(): Promise<void> {
    clusters?.close();
    outputs.close();
    compressor.close();
    await files.close();
    fifos.close();
    smallFiles.set(journalFile, () => null);
    log('ended');
    // A disk that hangs does not keep a shim without children.
    await atMost(settleMs, Promise.all([smallFiles.settled(), ownLog.settled()]));
    options.onShutdown?.(disk.pending > 0);
  }

  function greet(link: Link, hello: Extract<ToShim, { type: 'hello' }>): void {
    const theirs = readIntroduction(hello);
    const version = commonProtocol(ourIntroduction.protocol, theirs.protocol);
    const refuse = (message: string): void => link.send({ type: 'refused', message, ...ourIntroduction });
    if (ending) {
      refuse('it ends its services in order, because it was told to (SIGTERM)');
    } else if (version === null) {
      refuse(`this shim speaks ${rangeWords(ourIntroduction.protocol)}, the supervisor (${theirs.productVersion}) speaks ${rangeWords(theirs.protocol)}: use the TSPM that started it, or end it with \`tspm kill\``);
      // The same process may come again: it gave up a connection on which nothing came any more.
    } else if (current !== null && current !== link && current.pid !== hello.supervisorPid && pidExists(current.pid)) {
      refuse(`the supervisor with pid ${current.pid} is connected already`);
    } else {
      current = link;
      link.pid = hello.supervisorPid;
      link.features = new Set(theirs.features);
      link.send({ type: 'welcome', version, pid: process.pid, children: children.list(), clusters: clusters?.names ?? [], ...ourIntroduction });
      options.onConnected?.();
    }
  }

  function promote(): void {
    if (options.successorTo === undefined || journalFile === options.successorTo.shimJournal) return;
    options.onPromoted?.();
    smallFiles.set(journalFile, () => null);
    journalFile = options.successorTo.shimJournal;
    smallFiles.set(journalFile, journal);
    inherited.close();
  }

  async function raise({ request, ...program }: Extract<ToShim, { type: 'raise-successor' }>): Promise<void> {
    const { raiseSuccessor } = await import('./raise-successor.ts');
    send({ type: 'successor-answer', request, problem: await raiseSuccessor(program, paths, clusters?.sockets ?? []) });
  }

  /** Loaded with the first cluster: many homes have none. */
  async function withClusters(): Promise<Clusters> {
    if (clusters !== null) return clusters;
    const loaded = await import('./balancer/clusters.ts');
    clusters ??= new loaded.Clusters({ clock, random: Math.random, log, send, inherited });
    return clusters;
  }

  function obey(link: Link, message: Exclude<ToShim, { type: 'hello' }>): void {
    switch (message.type) {
      case 'spawn':
        if (!ending) children.spawn(message);
        return;
      case 'signal':
        children.signal(message.id, message.run, message.signal, message.scope);
        return;
      case 'acknowledge':
        children.acknowledge(message.id, message.run);
        return;
      case 'flush':
        void files.flush(message.files).then((error) => send({ type: 'flushed', request: message.request, error }));
        return;
      case 'cluster':
      case 'leave-cluster':
      case 'try-address':
        withClusters().then((all) => all.obey(message), (error: unknown) => log(`clusters: ${errorMessage(error)}`));
        return;
      case 'figures':
        if (clusters === null) send({ type: 'figures', request: message.request, clusters: [] });
        else clusters.obey(message);
        return;
      case 'close-cluster':
      case 'admit':
      case 'withdraw':
      case 'drain':
      case 'usage':
        clusters?.obey(message);
        return;
      case 'raise-successor':
        void raise(message);
        return;
      case 'promote':
        promote();
        return;
      case 'starter':
        options.onStarter?.(message);
        return;
      case 'release':
        link.released = true;
        return;
      case 'shutdown':
        shutdown();
        return;
      default:
        assertNever(message);
    }
  }

  return {
    log,
    get busy() {
      return children.knownCount > 0;
    },
    written: () => files.written(),
    attach(sendToLink) {
      const link: Link = { send: sendToLink, pid: 0, features: new Set(), released: false };
      return {
        receive(message) {
          if (message.type === 'hello') greet(link, message);
          else if (current === link) obey(link, message);
        },
        detach() {
          if (current !== link) return;
          current = null;
          options.onDisconnected?.(link.released);
        },
      };
    },
    shutdown,
    endInOrder,
    refresh: () => smallFiles.set(journalFile, journal),
    abandon() {
      smallFiles.disown();
      shutdown();
    },
  };
}
