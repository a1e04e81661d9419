// Opens connections, has each answered once, and leaves them open. argv: port, how many, `http` or `tcp`. Over the IPC
// channel: the number of those that are open, once when all are, and whenever it is asked. Ends with its parent.
import { connect } from 'node:net';

const [port, count, kind] = process.argv.slice(2);
const question = kind === 'http' ? `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n` : 'hello\n';
const atOnce = 50;
let open = 0;
let begun = 0;

/** Resolves with the first piece of the answer: both are short enough to come in one. */
function openOne() {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(port), host: '127.0.0.1' });
    socket.once('error', reject);
    socket.once('close', () => {
      open -= 1;
    });
    socket.once('connect', () => {
      open += 1;
      socket.write(question);
    });
    socket.once('data', resolve);
  });
}

async function openMany() {
  while (begun < Number(count)) {
    begun += 1;
    await openOne();
  }
}

process.on('message', () => process.send(open));
process.on('disconnect', () => process.exit(0));
await Promise.all(Array.from({ length: atOnce }, openMany));
process.send(open);
