// Instances that go while the cluster runs on, and the end of the cluster itself.
import { expect, onTestFinished, test } from 'vitest';
import type { Target } from '../../../../../electron/shim/balancer/target.ts';
import { waitFor } from '../../../../helpers/wait-for.ts';
import { answering, rawInstance } from './instances.ts';
import { rigWith, type Rig } from './rig.ts';

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const response = (text: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
const silent = () => rawInstance(() => undefined);

function first(rig: Rig): Target {
  const [target] = rig.targets;
  if (target === undefined) throw new Error('there is no instance');
  return target;
}

test('an instance that drains finishes what it has, and the client goes on with another one', async () => {
  const old = await silent();
  const rig = await rigWith(old);
  const client = await rig.client();
  client.send(get);
  await waitFor(() => old.received[0]?.endsWith('\r\n\r\n'));
  const target = first(rig);
  let isEmpty = false;
  target.drain(() => (isEmpty = true));
  rig.pool.changed();
  rig.front.release(target);
  const next = await answering(response('new'));
  onTestFinished(() => next.kill());
  rig.add(next.port);
  old.sockets[0]?.write(response('old'));
  await client.until('old');
  await waitFor(() => isEmpty);
  await waitFor(() => old.sockets[0]?.readableEnded);
  client.send(get);
  await client.until('new');
  expect(client.text).toBe(response('old') + response('new'));
});

test('kept connections to an instance that drains end at once', async () => {
  const instance = await answering(response('ok'));
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send(get);
  await client.until('ok');
  first(rig).state = 'draining';
  rig.front.release(first(rig));
  await waitFor(() => instance.sockets[0]?.readableEnded);
  expect(client.hasEnded).toBe(false);
});

test('cut ends what an instance still has, and says how much that was', async () => {
  const instance = await rawInstance((socket, text) => {
    if (text.includes('/begun')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
  });
  const rig = await rigWith(instance, await silent());
  rig.pool.targets.delete(rig.targets[1] ?? first(rig));
  rig.pool.changed();
  const [begun, waiting, idle] = [await rig.client(), await rig.client(), await rig.client()];
  begun.send('GET /begun HTTP/1.1\r\nHost: a\r\n\r\n');
  waiting.send(get);
  await begun.until('half');
  await waitFor(() => first(rig).open === 2 && instance.received.length === 2);
  expect(rig.front.cut(first(rig))).toBe(2);
  await begun.ended;
  await waiting.until('HTTP/1.1 502 ');
  await waitFor(() => instance.sockets.every((socket) => socket.readableEnded || socket.destroyed));
  expect(first(rig).open).toBe(0);
  expect(first(rig).ejections).toBe(0);
  expect(idle.hasEnded).toBe(false);
  expect(rig.front.cut(first(rig))).toBe(0);
});

test('when the cluster closes, idle clients go at once, and others after their response, which says so', async () => {
  const instance = await silent();
  const rig = await rigWith(instance);
  const [idle, busy] = [await rig.client(), await rig.client()];
  busy.send(get);
  await waitFor(() => instance.received[0]?.endsWith('\r\n\r\n'));
  rig.front.close();
  await idle.ended;
  expect(idle.text).toBe('');
  expect(busy.hasEnded).toBe(false);
  instance.sockets[0]?.write(response('last'));
  await busy.ended;
  expect(busy.text).toBe('HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nlast');
  await waitFor(() => first(rig).open === 0);
  busy.destroy();
  idle.destroy();
  // Nothing is kept towards the instance, and nothing ticks any more.
  await waitFor(() => instance.sockets[0]?.readableEnded);
  await waitFor(() => rig.clock.pending === 0);
});

test('a client that never closes is closed after a while', async () => {
  const instance = await answering(response('ok'));
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  await client.ended;
  await waitFor(() => {
    rig.clock.advance(1000);
    return rig.clock.pending === 0;
  });
});
