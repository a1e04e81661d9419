// What comes through the shim's door: one JSON message per line in both directions.
import type { Socket } from 'node:net';
import type { FromShim } from '../../shared/model/shim-protocol.ts';
import type { Shim } from './shim.ts';
import { parseMessage } from './parse-message.ts';

/** A spawn carries an environment; nothing that is meant is longer. */
const maxLineChars = 4 << 20;
/** A supervisor that does not read for so long is dropped: the table of children keeps what it missed. */
const maxUnreadBytes = 4 << 20;

/** One connection: a supervisor, or somebody who wants to be. */
export function serveConnection(shim: Shim, socket: Socket): void {
  const send = (message: FromShim): void => {
    if (!socket.writable) return;
    socket.write(`${JSON.stringify(message)}\n`);
    if (message.type === 'refused') socket.end();
    if (socket.writableLength > maxUnreadBytes) drop(`it left ${socket.writableLength} bytes unread`);
  };
  const connection = shim.attach(send);
  const drop = (reason: string): void => {
    shim.log(`a connection was dropped: ${reason}`);
    socket.destroy();
  };
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: Buffer | string) => {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = socket.destroyed ? null : parseMessage(line);
      if (message === null) {
        if (!socket.destroyed) drop('it sent a line that is no message');
        return;
      }
      if (message.type === 'not-understood') {
        shim.log(`a message was not understood: ${message.what}`);
        send(message);
      } else {
        connection.receive(message);
      }
    }
    if (rest.length > maxLineChars) drop(`it sent a line of more than ${maxLineChars} characters`);
  });
  socket.on('error', (error) => shim.log(`a connection broke: ${error.message}`));
  socket.on('close', () => connection.detach());
}
