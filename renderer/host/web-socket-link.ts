// One link to the engine over a WebSocket of the page's own origin.
import { createChannelTransport } from '../../shared/client/channel-transport.ts';
import type { Capabilities } from '../../shared/contract/capabilities.ts';
import type { ServerFrame } from '../../shared/contract/frames.ts';
import { Failure } from '../../shared/model/failure.ts';
import type { Link } from './connection-loop.ts';

const patienceMs = 10_000;

/** Resolves with the server's welcome; throws a Failure `engine-unreachable`. */
export function openWebSocketLink(address: URL): Promise<Link> {
  const socket = new WebSocket(address);
  return new Promise((resolve, reject) => {
    let announceClose: (reason: string) => void = () => undefined;
    const closed = new Promise<string>((resolveClosed) => {
      announceClose = resolveClosed;
    });
    const impatience = setTimeout(() => socket.close(), patienceMs);

    const welcomed = (capabilities: Capabilities): void => {
      clearTimeout(impatience);
      resolve({ transport, capabilities, closed, close: () => socket.close() });
    };
    const transport = createChannelTransport({ send: (frame) => socket.send(JSON.stringify(frame)), welcomed });

    socket.addEventListener('message', ({ data }) => {
      // The server is the engine that this page came from; what it says is typed by the contract.
      if (typeof data === 'string') transport.receive(JSON.parse(data) as ServerFrame);
    });
    // A browser tells a page nothing about an error but that the socket closed.
    socket.addEventListener('close', ({ reason }) => {
      clearTimeout(impatience);
      const words = reason === '' ? 'the connection to TSPM is lost' : reason;
      const failure = new Failure('engine-unreachable', words);
      transport.close(failure);
      announceClose(words);
      reject(failure);
    });
  });
}
