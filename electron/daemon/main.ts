// The headless host: hosts the engine of a home until another host takes it over, or a user ends it.
import { writeSync } from 'node:fs';
import path from 'node:path';
import { errorMessage } from '../../shared/model/failure.ts';
import { daemonFlags, shimFlags } from '../platform/engine-process.ts';
import { homePaths, prepareHome } from '../platform/home.ts';
import { ignoreSignals } from '../platform/ignore-signals.ts';
import { takeOverFlag, tellDescriptor, tellFlag } from '../transport/launch.ts';
import { serveHome } from '../transport/serve-home.ts';
import { openLog } from './own-log.ts';

async function main(): Promise<void> {
  // From the first moment: no signal may open an inspector.
  let log = (text: string): void => void process.stderr.write(`${text}\n`);
  ignoreSignals(['SIGTERM', 'SIGINT'], (text) => log(text));
  const paths = homePaths();
  await prepareHome(paths);
  log = openLog(paths.daemonLog);
  process.on('uncaughtException', (error) => log(`uncaught: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => log(`unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`));

  const hosted = await serveHome({
    paths,
    kind: 'daemon',
    shimCommand: [...shimFlags, path.join(__dirname, 'shim.cjs'), '--daemon', ...daemonFlags, path.join(__dirname, 'daemon.cjs')],
    preload: path.join(__dirname, 'preload.cjs'),
    assets: path.join(__dirname, 'renderer'),
    takeOver: process.argv.includes(takeOverFlag) ? 'older' : false,
    log,
    left: () => process.exit(0),
  });
  // Somebody else owns the home.
  if (hosted === null) process.exit(0);
  // The manager may be ended at any time; the shim sees to it that another one comes.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log(`${signal}: leaving, the services run on`);
      void hosted.release().finally(() => process.exit(0));
    });
  }
}

main().catch((error: unknown) => {
  const reason = `The engine could not start: ${errorMessage(error)}\n`;
  if (process.argv.includes(tellFlag)) tell(reason);
  process.stderr.write(reason, () => process.exit(1));
});

/** To whoever launched it: on a full disk no log tells the reason. */
function tell(reason: string): void {
  try {
    writeSync(tellDescriptor, reason);
  } catch {
    // Nobody waits for it any more.
  }
}
