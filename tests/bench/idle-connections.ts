// Connections that are open and idle, held by a process of their own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { cleanEnvironment } from './command.ts';
import { track, type Closable } from './manager.ts';

const program = path.join(import.meta.dirname, 'programs/idle-connections.mjs');

export interface IdleConnections extends Closable {
  /** How many are still open. */
  count(): Promise<number>;
}

/** Throws an Error when they cannot all be opened. */
export async function openIdleConnections(port: number, count: number, kind: 'http' | 'tcp'): Promise<IdleConnections> {
  const child = fork(program, [String(port), String(count), kind], { execArgv: [], env: cleanEnvironment({}) });
  const ended = once(child, 'exit');
  const answer = async (): Promise<number> => {
    const failed = ended.then(([code]) => Promise.reject(new Error(`${count} connections to port ${port} could not be held open; their process ended with ${code ?? 'a signal'}`)));
    const [open] = await Promise.race([once(child, 'message'), failed]);
    return open as number;
  };
  const held = track({
    count() {
      const open = answer();
      child.send('count');
      return open;
    },
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  });
  await answer();
  return held;
}
