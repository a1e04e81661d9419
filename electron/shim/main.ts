// The shim as a process: `node shim.cjs [--daemon <arguments of the runtime that start one>]` with TSPM_HOME in the environment. Only `shutdown`
// from a supervisor and SIGTERM end it while it holds children.
import type { Socket } from 'node:net';
import { systemClock } from '../../shared/model/clock.ts';
import { errorMessage, Failure } from '../../shared/model/failure.ts';
import { successorPaths } from '../../shared/model/succession.ts';
import { homePaths } from '../platform/home.ts';
import { ignoreSignals } from '../platform/ignore-signals.ts';
import { isSameProcess } from '../platform/process-identity.ts';
import { checkHome } from '../platform/trust/check-home.ts';
import { claimSocket } from './door.ts';
import { diskThreads } from './disk.ts';
import { shimInJournal } from './journal.ts';
import { createLauncher } from './launcher.ts';
import { leaveProcess } from './leave-process.ts';
import { Presence } from './presence.ts';
import { createShim } from './shim.ts';
import { takeSuccession } from './succession.ts';
import { serveConnection } from './socket-server.ts';

/** libuv reads this when it starts the first. Whatever the caller's shell says: a disk that hangs must not take them all. */
process.env['UV_THREADPOOL_SIZE'] = String(diskThreads);

async function main(): Promise<void> {
  const inherited = takeSuccession(process.env);
  const home = homePaths();
  const paths = inherited === null ? home : successorPaths(home);
  let log = (text: string): void => void process.stderr.write(`${text}\n`);
  // From the first moment: nothing may end it, and no signal may open an inspector.
  ignoreSignals(['SIGTERM'], (text) => log(text));
  checkHome(home);
  await yieldToOther(paths.shimJournal);
  // Before anything else is touched: journal and pipes belong to whoever has the socket.
  const door = await claimSocket(paths.shimSocket);
  const launcher = createLauncher(daemonArguments(), paths.home, (text) => log(text));
  const connections = new Set<Socket>();
  const shim = createShim({
    paths,
    ...(inherited === null ? {} : { inherited, successorTo: home }),
    onPromoted: () => door.moveTo(home.shimSocket),
    onConnected: () => presence.connected(),
    onDisconnected: (released) => presence.disconnected(released),
    onStarter: (starter) => launcher.learn(starter),
    onShutdown: (diskHangs) => {
      door.close();
      leaveProcess(connections, diskHangs);
    },
  });
  ({ log } = shim);
  const presence = new Presence({
    clock: systemClock,
    launch: () => launcher.launch?.(),
    busy: () => shim.busy,
    leave: () => shim.shutdown(),
    door: () => door.look(),
    abandon: () => {
      shim.log(`${door.path()} is not this shim's any more: its children are ended`);
      shim.abandon();
    },
  });
  process.on('uncaughtException', (error) => shim.log(`uncaught: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => shim.log(`unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`));
  process.on('SIGTERM', () => {
    shim.log('SIGTERM: the services are ended in order, then the shim');
    presence.stop();
    shim.endInOrder();
  });
  process.chdir(paths.home);
  const isAtPlace = (): string => (door.path() === home.shimSocket ? home.shimJournal : paths.shimJournal);
  door.serve({ home: home.home, journal: isAtPlace, busy: () => shim.busy, log: shim.log, rebound: () => shim.refresh() }, (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    serveConnection(shim, socket);
  });
  shim.log('started');
}

/** Throws a Failure when the shim of this home lives, although its socket may be missing at the moment: it binds it again. */
async function yieldToOther(journal: string): Promise<void> {
  const other = shimInJournal(journal);
  if (other !== null && other.pid !== process.pid && (await isSameProcess(other.pid, other.startTime))) throw new Failure('failed', `another shim (pid ${other.pid}) serves this home`);
}

function daemonArguments(): readonly string[] {
  const index = process.argv.indexOf('--daemon');
  return index < 0 ? [] : process.argv.slice(index + 1);
}

main().catch((error: unknown) => {
  process.stderr.write(`The shim could not start: ${errorMessage(error)}\n`);
  process.exit(1);
});
