// Every way to an engine. The contract suite runs against each of them.
import { EventEmitter, once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createBridge } from '../../electron/preload/bridge.ts';
import { createHttpTransport } from '../../electron/transport/http/client.ts';
import { serveWindows, type Page } from '../../electron/transport/ipc/serve-windows.ts';
import { createLocalTransport } from '../../electron/transport/local-transport.ts';
import { createChannelTransport } from '../../shared/client/channel-transport.ts';
import type { Transport } from '../../shared/client/client.ts';
import type { TspmBridge } from '../../shared/contract/bridge.ts';
import type { ServerFrame } from '../../shared/contract/frames.ts';
import { Failure } from '../../shared/model/failure.ts';
import type { TestHost } from '../helpers/hosted-home.ts';

export interface TransportUnderTest {
  readonly name: string;
  /** Pages are not given secrets; the control socket is. */
  readonly trusted: boolean;
  /** A new connection to the engine, closed with the test. */
  connect(host: TestHost): Promise<Transport>;
}

export const transports: readonly TransportUnderTest[] = [
  { name: 'within the process', trusted: true, connect: async ({ hosted }) => createLocalTransport(hosted.service) },
  { name: 'HTTP on the control socket', trusted: true, connect: async ({ paths }) => createHttpTransport(paths.controlSocket) },
  { name: 'a WebSocket on loopback', trusted: false, connect: connectWebSocket },
  { name: 'the IPC of a window', trusted: false, connect: async (host) => connectWindow(host) },
];

async function connectWebSocket({ client }: TestHost): Promise<Transport> {
  const { url } = await client.call('dashboard', { action: 'open', port: 0, allowCommands: true });
  const { origin, hash } = new URL(url ?? '');
  const session = await fetch(`${origin}/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify({ token: hash.replace('#token=', '') }) });
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/v1/channel`, { origin, headers: { cookie: session.headers.get('set-cookie')?.split(';')[0] ?? '' } });
  onTestFinished(() => socket.terminate());
  const transport = createChannelTransport({ send: (frame) => socket.send(JSON.stringify(frame)), welcomed: () => undefined });
  socket.on('message', (data) => transport.receive(JSON.parse(String(data)) as ServerFrame));
  socket.on('close', () => transport.close(new Failure('engine-unreachable', 'closed')));
  await once(socket, 'open');
  return transport;
}

/** What a window's two sides do, with structured clones between them as Electron's IPC makes them. */
function connectWindow({ hosted }: TestHost): Transport {
  const [toMain, toPage] = [new EventEmitter(), new EventEmitter()];
  const page: Page = {
    id: 1,
    isDestroyed: () => false,
    send: (channel, ...values) => void setImmediate((copies: readonly unknown[]) => toPage.emit(channel, {}, ...copies), structuredClone(values)),
    once: () => undefined,
  };
  const event = { sender: page, senderFrame: { url: 'app://tspm/index.html', parent: null } };
  serveWindows({
    messages: toMain as Parameters<typeof serveWindows>[0]['messages'],
    service: hosted.pageService,
    isKnown: () => true,
    isOurs: () => true,
    log: () => undefined,
  });
  const bridge = createBridge({
    send: (channel, ...values) => void setImmediate((copies: readonly unknown[]) => toMain.emit(channel, event, ...copies), structuredClone(values)),
    on: (channel, listener) => toPage.on(channel, listener),
  });
  return bridgeTransport(bridge);
}

/** As a page does it, with the values that cross the bridge. */
function bridgeTransport(bridge: TspmBridge): Transport {
  return {
    async call(name, input, { onProgress, signal }) {
      const answer = bridge.call(name, input, onProgress);
      const aborted = signal === undefined ? null : once(signal, 'abort').then(() => Promise.reject(signal.reason));
      const settled = await (aborted === null ? answer : Promise.race([answer, aborted]));
      if ('error' in settled) throw new Failure(settled.error.code, settled.error.message, settled.error.data);
      return settled.result;
    },
    subscribe: (topic, input, { after, signal, next }) =>
      new Promise((resolve, reject) => {
        const end = bridge.subscribe(topic, input, after, (step) => {
          if ('message' in step) return next(step.message);
          if (step.end === null) resolve();
          else reject(new Failure(step.end.code, step.end.message, step.end.data));
        });
        signal.addEventListener('abort', () => {
          end();
          resolve();
        });
      }),
  };
}
