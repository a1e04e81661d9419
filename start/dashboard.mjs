// The dashboard in place of the desktop application, until Ctrl+C. The services are not the dashboard's: they run on.
import { run, signals, whenOrphaned } from './run.mjs';

/** Gives the exit code. */
export async function serveDashboard(tspm) {
  const { code } = await run(process.execPath, [tspm, 'dashboard']);
  if (code !== 0) return code;
  process.stdout.write('Ctrl+C closes the dashboard. Services run on; `tspm kill` ends them.\n');
  await interrupted();
  return (await run(process.execPath, [tspm, 'dashboard', '--close'])).code;
}

function interrupted() {
  return new Promise((resolve) => {
    const orphaned = whenOrphaned(resolve);
    for (const signal of signals) {
      process.on(signal, () => {
        clearInterval(orphaned);
        resolve();
      });
    }
  });
}
