// The headless host: claims the home, hosts a supervisor, serves the contract on the control socket, and goes when told.
import path from 'node:path';
import type { CommandHandlers } from '../../shared/contract/commands.ts';
import { toFailureValue } from '../../shared/model/failure.ts';
import { daemonFlags, shimFlags } from '../platform/engine-process.ts';
import { homePaths, prepareHome } from '../platform/home.ts';
import { createSupervisor } from '../supervisor/index.ts';
import { createCommandServer } from '../transport/http-server.ts';
import { claimHome, watchOwnership } from '../transport/ownership.ts';
import { openLog } from './own-log.ts';

const leaveTimeoutMs = 2000;

async function main(): Promise<void> {
  const paths = homePaths();
  await prepareHome(paths);
  const log = openLog(paths.daemonLog);
  process.on('uncaughtException', (error) => log(`uncaught: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => log(`unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`));

  const shimCommand = [...shimFlags, path.join(__dirname, 'shim.cjs'), '--daemon', ...daemonFlags, path.join(__dirname, 'daemon.cjs')];
  const { promise: handlers, resolve, reject } = withResolvers<CommandHandlers>();
  handlers.catch(() => undefined);
  const server = createCommandServer(handlers, log);
  if (!(await claimHome(server, paths))) return;

  const leave = (): void => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    // A caller that never reads its answer does not keep the daemon.
    setTimeout(() => process.exit(0), leaveTimeoutMs).unref();
  };
  try {
    const supervisor = await createSupervisor({
      paths,
      kind: 'daemon',
      shimCommand,
      preload: path.join(__dirname, 'preload.cjs'),
      log,
      leave,
    });
    // The manager may be ended at any time; the shim sees to it that another one comes.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        log(`${signal}: leaving, the services run on`);
        supervisor.close(false);
        leave();
      });
    }
    watchOwnership(paths, () => {
      log('the control socket is not ours any more: leaving');
      supervisor.close(false);
      process.exit(0);
    });
    process.on('SIGHUP', () => log('SIGHUP: ignored'));
    log(`supervisor ${process.pid} owns ${paths.home}`);
    resolve(supervisor.handlers);
  } catch (error) {
    const failure = toFailureValue(error);
    log(`the supervisor could not start: ${failure.message}`);
    reject(error);
    // Whoever waits gets the reason; then the place is free again.
    setTimeout(leave, 500);
  }
}

function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void; reject: (error: unknown) => void } {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

void main();
