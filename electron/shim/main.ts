// The shim as a process: `node shim.cjs [--daemon <daemon.cjs>]` with TSPM_HOME in the environment. Only `shutdown`
// from a supervisor ends it while it holds children.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { systemClock } from '../../shared/model/clock.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import { homePaths } from '../platform/home.ts';
import { homeMarker } from '../platform/process-identity.ts';
import { Presence } from './presence.ts';
import { createShim } from './shim.ts';
import { claimSocket, serveShim } from './socket-server.ts';

/** One thread is enough for what is done in the background (gzip). libuv reads this when it starts the first. */
process.env['UV_THREADPOOL_SIZE'] ??= '1';

async function main(): Promise<void> {
  const paths = homePaths();
  // Before anything else is touched: journal and pipes belong to whoever has the socket.
  const server = await claimSocket(paths.shimSocket);
  const shim = createShim({
    paths,
    onConnected: () => presence.connected(),
    onDisconnected: (released) => presence.disconnected(released),
    onShutdown: () => {
      if (process.platform !== 'win32') rmSync(paths.shimSocket, { force: true });
      shim.log('ended');
      process.exit(0);
    },
  });
  const daemon = optionValue('--daemon');
  const presence = new Presence({
    clock: systemClock,
    launch: daemon === null ? null : () => launch(daemon, shim.log),
    busy: () => shim.busy,
    leave: () => shim.shutdown(),
  });
  process.on('uncaughtException', (error) => shim.log(`uncaught: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => shim.log(`unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`));
  // The services must not notice that someone ends their terminal or their manager.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => shim.log(`${signal}: ignored; \`tspm kill\` ends it`));
  process.chdir(paths.home);
  serveShim(server, shim);
  shim.log('started');
}

/** A supervisor without a face, in place of one that was lost. Ends by itself when another one owns the home. */
function launch(daemon: string, log: (text: string) => void): void {
  log('no supervisor: starting a headless one');
  const { [homeMarker]: _marker, ['UV_THREADPOOL_SIZE']: _threads, ...env } = process.env;
  const child = spawn(process.execPath, [daemon], { detached: true, stdio: 'ignore', env, windowsHide: true });
  child.on('error', (error) => log(`the supervisor could not be started: ${error.message}`));
  child.unref();
}

function optionValue(name: string): string | null {
  const index = process.argv.indexOf(name);
  return index < 0 ? null : (process.argv[index + 1] ?? null);
}

main().catch((error: unknown) => {
  process.stderr.write(`The shim could not start: ${errorMessage(error)}\n`);
  process.exit(1);
});
