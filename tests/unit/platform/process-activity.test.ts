import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { it } from 'vitest';
import { processActivity } from '../../../electron/platform/process-activity.ts';
import { waitFor } from '../../helpers/wait-for.ts';

it.skipIf(process.platform !== 'linux')('never takes a process that has ended for one at rest', async () => {
  // The shell ends its child and does not reap it: it sleeps in the kernel's list as a zombie.
  const shell = spawn('sh', ['-c', 'sh -c "exit 3" & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [pid] = (await once(shell.stdout, 'data')) as [Buffer];
  await waitFor(async () => (await processActivity(Number(pid)))?.running, { what: 'the zombie' });
  await waitFor(async () => (await processActivity(shell.pid ?? 0))?.running === false, { what: 'the one that sleeps' });
  shell.kill('SIGKILL');
  await once(shell, 'exit');
  await waitFor(async () => (await processActivity(shell.pid ?? 0))?.running, { what: 'the one that is gone' });
});
