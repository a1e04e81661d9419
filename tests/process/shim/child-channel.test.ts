// What a child may send over its channel, and what the shim must not keep of it.
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { waitFor } from '../../helpers/wait-for.ts';
import { startTestShim, type TestShim } from './shim-in-process.ts';

const descriptors = (): number => readdirSync('/proc/self/fd').length;
const sockets = (): number => process.getActiveResourcesInfo().filter((one) => /TCP|Pipe|UDP/.test(one)).length;

/** What goes to the log is a sign of life that does not come over the channel. */
const beat = 'let n = 0; setInterval(() => console.log(n++), 5);';

async function beats(shim: TestShim, more: number): Promise<void> {
  const before = shim.out().length;
  await waitFor(() => shim.out().length > before + more, { what: 'the program to go on' });
}

/** Of another child: the shim has time for it. */
async function servesOthers(shim: TestShim): Promise<void> {
  const begin = performance.now();
  shim.spawn(9, ['/bin/true'], { id: 'other:0' });
  await shim.heard('exited', 9);
  expect(performance.now() - begin).toBeLessThan(5000);
}

it.skipIf(process.platform !== 'linux')('closes servers, sockets and other handles that nobody asked for', async () => {
  const shim = await startTestShim();
  shim.node(1, `${beat}
    const net = require('net'), dgram = require('dgram');
    const server = net.createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1', () => {
      const udp = dgram.createSocket('udp4').bind(0, '127.0.0.1', () => setInterval(() => {
        process.send('server', server);
        process.send('udp', udp);
        net.connect(server.address().port, '127.0.0.1', function () { process.send('socket', this); });
      }, 5));
      process.send('ready');
    });`, { channel: true });
  await shim.heard('announced', 1);
  const before = { descriptors: descriptors(), sockets: sockets() };
  await beats(shim, 1000);
  expect(descriptors()).toBeLessThanOrEqual(before.descriptors + 10);
  expect(sockets()).toBeLessThanOrEqual(before.sockets + 10);
  await servesOthers(shim);
});

it('reads a flood of messages no faster than it can afford, and goes on with it', async () => {
  const shim = await startTestShim();
  shim.node(1, `${beat} setInterval(() => { for (let i = 0; i < 1000; i++) process.send('ready'); }, 1);`, { channel: true });
  await shim.heard('announced', 1);
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const { user, system } = process.cpuUsage(cpu);
  expect((user + system) / 1000).toBeLessThan((performance.now() - begin) * 0.7);
  await servesOthers(shim);
  expect(shim.messages.filter(({ type }) => type === 'announced')).toHaveLength(1);
});

it.each([
  ['a message without end', `const part = Buffer.alloc(65536, 97); const write = () => { try { require('fs').writeSync(process.channel.fd ?? 3, part); } catch {} setTimeout(write, 1); }; write();`],
  ['something that is no message', `require('fs').writeSync(process.channel.fd ?? 3, 'no message at all\\n');`],
])('closes the channel for %s; the program lives on', async (_what, script) => {
  const shim = await startTestShim();
  shim.node(1, `process.on('disconnect', () => console.log('disconnected')); ${beat} ${script}`, { channel: true });
  await waitFor(() => shim.out().includes('disconnected'), { what: 'the channel to be closed' });
  await beats(shim, 100);
  await servesOthers(shim);
});
