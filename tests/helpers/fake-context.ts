// A context for commands whose engine answers what a test says, and what was asked and printed.
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Context } from '../../electron/cli/command.ts';
import { createEngine } from '../../electron/cli/engine.ts';
import { createOutput } from '../../electron/cli/output.ts';
import { homePaths } from '../../electron/platform/home.ts';
import { createClient } from '../../shared/client/client.ts';
import type { CommandName } from '../../shared/contract/commands.ts';
import { Failure } from '../../shared/model/failure.ts';

export interface FakeContext {
  readonly context: Context;
  /** What the engine was asked, in order. */
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** `answers`: what the engine says to each command; null: none runs, and none is needed. An error is thrown. */
export function fakeContext(answers: Partial<Record<CommandName, unknown>> | null, json = false): FakeContext {
  const calls: { name: string; input: unknown }[] = [];
  const client = createClient({
    async call(name, input) {
      if (answers === null) throw new Failure('engine-unreachable', 'none', { kind: 'absent', socket: '' });
      calls.push({ name, input });
      const answer = Object.entries(answers).find(([known]) => known === name)?.[1];
      if (answer === undefined) throw new Error(`unexpected call: ${name}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    subscribe: () => Promise.reject(new Error('nothing is subscribed to here')),
  });
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const context: Context = {
    env: { PATH: '/bin' },
    cwd: path.resolve('/nowhere'),
    paths: homePaths({ TSPM_HOME: path.resolve('/nowhere/home') }),
    output: createOutput({ stdout, stderr, env: { NO_COLOR: '1' } }, json),
    engine: createEngine({ client, launch: () => Promise.reject(new Error('no engine is started here')), hasProcesses: async () => false }),
    commands: [],
    onSignal: () => () => undefined,
    onBrokenPipe: () => undefined,
  };
  const text = (stream: PassThrough) => (): string => String(stream.read() ?? '');
  return { context, calls, stdout: text(stdout), stderr: text(stderr) };
}
