// The dashboard goes with the engine: whoever takes a home over has the same door, and its pages come back by themselves.
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { doorHome } from '../helpers/door-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { takeOver } from '../helpers/take-over.ts';
import { waitFor } from '../helpers/wait-for.ts';

it('keeps port, token and cookies over a hand-over, and tells its pages', async () => {
  const door = await doorHome();
  await door.home.start(makeSpec({ name: 'api', args: ['-e', 'setInterval(() => {}, 1000)'] }));
  const cookie = await door.logIn();
  const before = await door.home.one('api');
  const page = new WebSocket(`ws://127.0.0.1:${door.port}/v1/channel`, { headers: { cookie, origin: door.origin } });
  onTestFinished(() => page.terminate());
  await once(page, 'open');
  const goodbye = once(page, 'close');

  const taken = await takeOver(door.home.paths);
  expect(taken).not.toBeNull();
  expect((await goodbye)[0]).toBe(1001);
  const heard = await waitFor(() => door.ask({ path: '/v1/processes', headers: { cookie } }).catch(() => null), { what: 'the door to open again' });
  expect(heard.json()).toMatchObject([{ name: 'api', pid: before.pid, restarts: 0 }]);
  expect((await door.home.status()).owner).toMatchObject({ kind: 'desktop', pid: process.pid });
  const report = await door.home.client.call('dashboard', { action: 'look' });
  expect(report).toMatchObject({ open: true, port: door.port, url: `${door.origin}/#token=${door.token}` });

  await taken?.release();
  await expect(door.ask({ path: '/' })).rejects.toThrow('ECONNREFUSED');
  // The shim sees to it that there is another engine.
  const again = await waitFor(() => door.ask({ path: '/v1/processes', headers: { cookie } }).catch(() => null), { what: 'the door to open once more', timeoutMs: 15_000 });
  expect(again.json()).toMatchObject([{ name: 'api', pid: before.pid, restarts: 0 }]);
});
