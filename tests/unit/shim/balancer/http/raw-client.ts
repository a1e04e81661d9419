// A client that sends exactly what a test says, and keeps what comes.
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { waitFor } from '../../../../helpers/wait-for.ts';

export interface RawClient {
  readonly socket: Socket;
  /** All that came, in latin1. */
  text: string;
  /** The other side ended or closed the connection. */
  readonly ended: Promise<void>;
  readonly hasEnded: boolean;
  send(text: string): void;
  /** Waits until what came contains it. */
  until(part: string): Promise<void>;
  destroy(): void;
}

export async function rawClient(port: number): Promise<RawClient> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
  await once(socket, 'connect');
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      hasEnded = true;
      resolve();
    };
    socket.on('end', end);
    socket.on('close', end);
  });
  // A reset is one of the ends that tests expect.
  socket.on('error', () => undefined);
  const client: RawClient = {
    socket,
    text: '',
    ended,
    get hasEnded() {
      return hasEnded;
    },
    send: (text) => void socket.write(text, 'latin1'),
    until: async (part) => void (await waitFor(() => client.text.includes(part), { what: `${JSON.stringify(part)} in ${JSON.stringify(client.text.slice(-500))}` })),
    destroy: () => void socket.destroy(),
  };
  socket.on('data', (bytes) => (client.text += bytes.toString('latin1')));
  return client;
}
