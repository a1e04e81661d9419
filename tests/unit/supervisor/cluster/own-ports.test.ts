import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createOwnPorts } from '../../../../electron/supervisor/cluster/own-ports.ts';

it('goes on from where it was, leaves out what is used, and begins again at the end', async () => {
  const ports = createOwnPorts(0.9999, async (port) => port !== 20_001);
  expect(await ports.take(new Set())).toBe(29_999);
  expect(await ports.take(new Set())).toBe(20_000);
  expect(await ports.take(new Set([20_002]))).toBe(20_003);
});

it('says so when none is free', async () => {
  await expect(createOwnPorts(0, async () => false).take(new Set())).rejects.toThrow('no port between 20000 and 29999 is free');
});

it('leaves out a port on which somebody listens', async () => {
  const ports = createOwnPorts(Math.random());
  const first = await ports.take(new Set());
  const server = createServer().listen(first, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const again = createOwnPorts((first - 20_000 + 0.5) / 10_000);
  expect(await again.take(new Set())).not.toBe(first);
});
