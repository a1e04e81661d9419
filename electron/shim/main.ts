// The shim as a process: `node shim.cjs [--daemon <arguments of the runtime that start one>]` with TSPM_HOME in the environment. Only `shutdown`
// from a supervisor ends it while it holds children.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { systemClock } from '../../shared/model/clock.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import { successorPaths } from '../../shared/model/succession.ts';
import { engineEnvironment } from '../platform/engine-process.ts';
import { homePaths } from '../platform/home.ts';
import { checkHome } from '../platform/trust/check-home.ts';
import { Presence } from './presence.ts';
import { createShim } from './shim.ts';
import { takeSuccession } from './succession.ts';
import { claimSocket, serveShim } from './socket-server.ts';

/** One thread is enough for what is done in the background (gzip). libuv reads this when it starts the first. */
process.env['UV_THREADPOOL_SIZE'] ??= '1';

async function main(): Promise<void> {
  const inherited = takeSuccession(process.env);
  const home = homePaths();
  const paths = inherited === null ? home : successorPaths(home);
  checkHome(home);
  // Before anything else is touched: journal and pipes belong to whoever has the socket.
  const claim = await claimSocket(paths.shimSocket);
  const shim = createShim({
    paths,
    ...(inherited === null ? {} : { inherited, successorTo: home }),
    onPromoted: () => claim.moveTo(home.shimSocket),
    onConnected: () => presence.connected(),
    onDisconnected: (released) => presence.disconnected(released),
    onShutdown: () => {
      if (process.platform !== 'win32' && claim.state() === 'ours') rmSync(claim.path(), { force: true });
      shim.log('ended');
      process.exit(0);
    },
  });
  const daemon = daemonArguments();
  const presence = new Presence({
    clock: systemClock,
    launch: daemon.length === 0 ? null : () => launch(daemon, paths.home, shim.log),
    busy: () => shim.busy,
    leave: () => shim.shutdown(),
    claim: () => claim.state(),
    abandon: () => {
      shim.log(`${claim.path()} is not this shim's any more: its children are ended`);
      shim.abandon();
    },
  });
  process.on('uncaughtException', (error) => shim.log(`uncaught: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => shim.log(`unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`));
  // The services must not notice that someone ends their terminal or their manager.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => shim.log(`${signal}: ignored; \`tspm kill\` ends it`));
  process.chdir(paths.home);
  serveShim(claim.server, shim);
  shim.log('started');
}

/** A supervisor without a face, in place of one that was lost. Ends by itself when another one owns the home. */
function launch(daemon: readonly string[], home: string, log: (text: string) => void): void {
  log('no supervisor: starting a headless one');
  const env = engineEnvironment(process.env, home);
  delete env['UV_THREADPOOL_SIZE'];
  const child = spawn(process.execPath, daemon, { detached: true, stdio: 'ignore', env, windowsHide: true });
  child.on('error', (error) => log(`the supervisor could not be started: ${error.message}`));
  child.unref();
}

function daemonArguments(): readonly string[] {
  const index = process.argv.indexOf('--daemon');
  return index < 0 ? [] : process.argv.slice(index + 1);
}

main().catch((error: unknown) => {
  process.stderr.write(`The shim could not start: ${errorMessage(error)}\n`);
  process.exit(1);
});
