// The WebSocket of a page: the contract's frames as JSON, one message each.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { ServerFrame } from '../../../shared/contract/frames.ts';
import { serveChannel } from '../channel-server.ts';
import { HttpProblem } from '../http/problem.ts';
import type { Service } from '../service.ts';

export const channelPath = '/v1/channel';

const maxChannels = 32;
const pingMs = 15_000;
/** A page that does not read is let go when so many bytes wait for it. Streams stop long before: they wait for the page's grants. */
const maxBuffered = 8 << 20;

/** RFC 6455, 7.4.1. */
const closeCodes = { goingAway: 1001, notUnderstood: 1007, policy: 1008, tryLater: 1013 } as const;

export interface Channels {
  /** Throws an HttpProblem when there are too many. The caller has been let in. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Says goodbye to the pages. */
  close(): void;
  /** Those that have not gone yet are cut off. */
  terminate(): void;
}

export function createChannels(service: Service, maxMessage: number, log: (message: string) => void): Channels {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessage, perMessageDeflate: false, clientTracking: true });
  const alive = new WeakSet<WebSocket>();
  const pings = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, pingMs);
  pings.unref();

  function serve(socket: WebSocket): void {
    alive.add(socket);
    const channel = serveChannel(service, (frame) => send(socket, frame), log);
    socket.on('pong', () => alive.add(socket));
    socket.on('message', (data, isBinary) => {
      alive.add(socket);
      const frame = isBinary ? undefined : parse(data);
      if (frame === undefined) socket.close(closeCodes.notUnderstood, 'not JSON');
      else if (!channel.receive(frame)) socket.close(closeCodes.policy, 'not a frame of the contract');
    });
    socket.on('close', () => channel.close());
    // Close follows, with its code.
    socket.on('error', () => undefined);
  }

  return {
    accept(request, socket, head) {
      if (sockets.clients.size >= maxChannels) throw new HttpProblem('too-many-connections', `There are ${maxChannels} pages already: close some.`);
      sockets.handleUpgrade(request, socket, head, serve);
    },
    close() {
      clearInterval(pings);
      for (const socket of sockets.clients) socket.close(closeCodes.goingAway, 'the engine is leaving');
    },
    terminate() {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

function send(socket: WebSocket, frame: ServerFrame): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > maxBuffered) {
    socket.close(closeCodes.tryLater, 'too slow');
    socket.terminate();
    return;
  }
  socket.send(JSON.stringify(frame));
}

/** undefined when it is not JSON. */
function parse(data: RawData): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}
