// The program `tspm`: puts the parts together, runs one command and leaves through one exit.
import { createClient, type Transport } from '../../shared/client/client.ts';
import { Failure } from '../../shared/model/failure.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import { homePaths } from '../platform/home.ts';
import { checkHome } from '../platform/trust/check-home.ts';
import { createHttpTransport } from '../transport/http/client.ts';
import { greet } from '../transport/http/hello.ts';
import type { Context } from './command.ts';
import { createEngine } from './engine.ts';
import { meetEngine } from './meet-engine.ts';
import { whenOrphaned } from './orphaned.ts';
import { createOutput } from './output.ts';
import { commandEntries } from './registry.ts';
import { run, wantsJson } from './run.ts';
import { hasSavedProcesses } from './saved-state.ts';

const argv = process.argv.slice(2);
const home = once(trustedHome);
const transport = once(() =>
  meetEngine({
    transport: createHttpTransport(home().controlSocket),
    greet: (patienceMs) => greet(home().controlSocket, patienceMs),
    takeOver: async () => (await import('../transport/launch.ts')).launchDaemon(home(), { takeOver: true }),
    silent: async () => (await import('../transport/silent-engine.ts')).silentEngine(home().controlSocket),
    fillIn: async () => (await import('./older-answers.ts')).fillIn,
    note: (text) => context.output.note(text),
  }),
);
let brokenPipe = (): void => process.exit(0);

/** Whether there is a home that may be used is asked by commands that use one: `tspm --help` and `tspm validate` need none. */
const lateTransport: Transport = {
  call: async (name, input, options) => await transport().call(name, input, options),
  subscribe: async (topic, input, options) => await transport().subscribe(topic, input, options),
};

const context: Context = {
  env: process.env,
  get cwd() {
    return currentFolder();
  },
  get paths() {
    return home();
  },
  output: createOutput(
    {
      stdout: process.stdout,
      get stderr() {
        return standardError();
      },
      env: process.env,
    },
    wantsJson(argv),
  ),
  engine: createEngine({
    client: createClient(lateTransport),
    launch: async (onSpawn) => (await import('../transport/launch.ts')).launchDaemon(home(), { onSpawn }),
    hasProcesses: () => hasSavedProcesses(home().status),
  }),
  commands: commandEntries,
  onSignal(handle) {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.on(signal, handle);
    const orphaned = process.env['npm_lifecycle_event'] === undefined ? null : whenOrphaned(handle);
    return () => {
      for (const signal of signals) process.off(signal, handle);
      orphaned?.cancel();
    };
  },
  onBrokenPipe(handle) {
    brokenPipe = handle;
  },
};

// `tspm list | head -1`: the reader has seen enough, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') brokenPipe();
});

void run(argv, context).then((exitCode) => {
  process.stdout.write('', () => process.exit(exitCode));
});

function trustedHome(): HomePaths {
  const paths = homePaths();
  checkHome(paths, argv);
  return paths;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

function standardError(): NodeJS.WriteStream {
  // When nobody can hear the complaint, the exit code still tells.
  if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', () => undefined);
  return process.stderr;
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    // uv_cwd fails when the folder was removed under the shell.
    throw new Failure('failed', 'the current folder does not exist any more: cd somewhere else first');
  }
}
