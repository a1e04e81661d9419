// Real processes are measured; nothing of them stays open when they have gone.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { createUsageReader } from '../../../../electron/supervisor/metrics/usage-reader.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

function run(command: string, ...args: readonly string[]): ChildProcess & { readonly pid: number } {
  const child = spawn(command, args, { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.pid === undefined) throw new Error(`${command} cannot be started`);
  return Object.assign(child, { pid: child.pid });
}

it('tells CPU and memory of a process, since the sample before', async () => {
  const read = createUsageReader(() => performance.now());
  const busy = run(process.execPath, '-e', 'for (;;);');
  const idle = run('sleep', '60');
  expect((await read([busy.pid, idle.pid])).get(busy.pid)?.cpuPercent).toBe(0);
  await waitFor(async () => ((await read([busy.pid, idle.pid])).get(busy.pid)?.cpuPercent ?? 0) > 3, { what: 'the busy one to be seen at work' });
  const usage = await read([busy.pid, idle.pid]);
  expect(usage.get(idle.pid)?.cpuPercent).toBeLessThan(5);
  expect(usage.get(idle.pid)?.memoryBytes).toBeGreaterThan(100_000);
  expect(usage.get(busy.pid)?.memoryBytes).toBeGreaterThan(10_000_000);
});

it.skipIf(process.platform !== 'linux')('keeps nothing open, and says nothing of processes that have gone', async () => {
  const read = createUsageReader(() => performance.now());
  const descriptors = (): number => readdirSync('/proc/self/fd').length;
  const children = Array.from({ length: 20 }, () => run('sleep', '60'));
  const pids = children.map(({ pid }) => pid);
  const before = descriptors();
  expect((await read(pids)).size).toBe(20);
  expect(descriptors()).toBe(before);
  await Promise.all(children.map(async (child) => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }));
  expect((await read(pids)).size).toBe(0);
});
