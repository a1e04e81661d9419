// A program that the bench starts itself, beside those that a manager starts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { cleanEnvironment, pause } from './command.ts';
import { track, type Closable } from './manager.ts';

const answerLimitMs = 20_000;

export interface ProgramRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Its stderr is the bench's. It is closed with SIGTERM. */
export function startProgram({ command, args, env = {} }: ProgramRequest): Closable {
  const child = spawn(command, args, { env: cleanEnvironment(env), stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  return track({
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  });
}

/** Waits until the port of 127.0.0.1 answers HTTP with 200. Throws an Error when it does not. */
export async function untilAnswers(port: number): Promise<void> {
  const deadline = performance.now() + answerLimitMs;
  for (let last = ''; last !== '200'; ) {
    if (performance.now() > deadline) throw new Error(`port ${port} did not answer with 200 in ${answerLimitMs} ms: ${last}`);
    last = await status(port);
    await pause(20);
  }
}

function status(port: number): Promise<string> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, agent: false, timeout: 1000 }, (response) => {
      response.resume();
      resolve(String(response.statusCode));
    });
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', (error) => resolve(error.message));
  });
}
