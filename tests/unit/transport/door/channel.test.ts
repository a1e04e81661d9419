// The pings of WebSockets, with their time handed in.
import { once } from 'node:events';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createKeys, createToken } from '../../../../electron/transport/door/keys.ts';
import { noneRevoked } from '../../../../electron/transport/door/revoked.ts';
import { openDoor } from '../../../../electron/transport/door/server.ts';
import { createService } from '../../../../electron/transport/service.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
});

it('drops pages that do not answer, and keeps those that do', async () => {
  const token = createToken();
  const service = createService({ inputs: {}, handlers: {}, topicInputs: {}, topics: {} });
  const door = await openDoor({ host: '127.0.0.1', port: 0, keys: createKeys({ token, revoked: noneRevoked }, Date.now), service, assets: await temporaryFolder(), endSession: async () => undefined, log: () => undefined });
  onTestFinished(() => door.close());
  const connect = async (): Promise<WebSocket> => {
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/v1/channel`, { headers: { authorization: `Bearer ${token}` } });
    onTestFinished(() => socket.terminate());
    await once(socket, 'open');
    return socket;
  };
  const [alive, dead] = [await connect(), await connect()];
  dead.pause();
  for (let round = 0; round < 3; round++) {
    const pinged = once(alive, 'ping');
    vi.advanceTimersByTime(15_000);
    await pinged;
    // The answer is there before the next round when one to a later question has come back.
    const answered = once(alive, 'pong');
    alive.ping();
    await answered;
  }
  const closed = once(dead, 'close');
  dead.resume();
  expect((await closed)[0]).toBe(1006);
  expect(alive.readyState).toBe(WebSocket.OPEN);
});
