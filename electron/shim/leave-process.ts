// The last thing a shim does. A thread that waits for a disk that hangs cannot be ended, and Node's exit would wait for it:
// what others wait for is closed, and the process kills itself. What is left of it goes when the disk answers.
import type { Socket } from 'node:net';

export function leaveProcess(connections: Iterable<Socket>, diskHangs: boolean): void {
  if (!diskHangs) process.exit(0);
  for (const connection of connections) connection.destroy();
  process.kill(process.pid, 'SIGKILL');
}
