// A shim inside the test's own process, with real children, that ends with its test.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { homePaths } from '../../../electron/platform/home.ts';
import { createShim, type ShimConnection } from '../../../electron/shim/shim.ts';
import type { Clock } from '../../../shared/model/clock.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import { baseProtocol } from '../../../shared/model/shim-hello.ts';
import type { FromShim, LogTarget, SpawnRequest } from '../../../shared/model/shim-protocol.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';

type MessageOf<Type extends FromShim['type']> = Extract<FromShim, { type: Type }>;

export interface TestShim {
  readonly paths: HomePaths;
  readonly connection: ShimConnection;
  readonly messages: FromShim[];
  /** For each supervisor that has gone, whether it left on purpose. */
  readonly departures: readonly boolean[];
  connect(version?: number, supervisorPid?: number): { readonly connection: ShimConnection; readonly messages: FromShim[] };
  target(own?: Partial<LogTarget>): LogTarget;
  /** Runs a program as `api:0`; `run` must be another one each time. */
  spawn(run: number, command: readonly string[], own?: Partial<SpawnRequest>): void;
  sh(run: number, script: string, own?: Partial<SpawnRequest>): void;
  node(run: number, script: string, own?: Partial<SpawnRequest>): void;
  /** What was read until then is in the logs. */
  heard<Type extends FromShim['type']>(type: Type, run?: number): Promise<MessageOf<Type>>;
  /** The live log. */
  out(): string;
  /** Names in the folder of logs. */
  logNames(): readonly string[];
  shutdown(): Promise<void>;
}

export async function startTestShim(own: { readonly clock?: Clock; readonly env?: Readonly<Record<string, string>> } = {}): Promise<TestShim> {
  const folder = await temporaryFolder();
  const paths = homePaths({ TSPM_HOME: path.join(folder, 'home') });
  let ended = false;
  const departures: boolean[] = [];
  const shim = createShim({ paths, onDisconnected: (released) => void departures.push(released), onShutdown: () => (ended = true), ...(own.clock === undefined ? {} : { clock: own.clock }) });
  const shutdown = async (): Promise<void> => {
    shim.shutdown();
    await waitFor(() => ended, { what: 'the shim to end' });
  };
  onTestFinished(shutdown);

  const connect = (version: number = baseProtocol, supervisorPid = process.pid) => {
    const messages: FromShim[] = [];
    const connection = shim.attach((message) => messages.push(message));
    connection.receive({ type: 'hello', version, supervisorPid });
    return { connection, messages };
  };
  const { connection, messages } = connect();
  const target: TestShim['target'] = (fields = {}) => ({
    format: 'plain',
    out: path.join(paths.logs, 'api-0.out.log'),
    err: path.join(paths.logs, 'api-0.err.log'),
    process: 'api',
    instance: 0,
    maxSizeBytes: 10 << 20,
    maxFiles: 5,
    maxAgeMs: null,
    compress: false,
    ...fields,
  });
  const spawn: TestShim['spawn'] = (run, [command = '', ...args], fields = {}) => {
    const request = { id: 'api:0', run, command, args, cwd: folder, env: { PATH: process.env['PATH'] ?? '' }, logs: target(), pidFile: path.join(paths.pids, 'api-0.pid'), member: null, channel: false };
    connection.receive({ type: 'spawn', ...request, ...fields });
  };
  return {
    paths,
    connection,
    messages,
    departures,
    connect,
    target,
    spawn,
    sh: (run, script, fields) => spawn(run, ['/bin/sh', '-c', script], fields),
    node: (run, script, fields) => spawn(run, [process.execPath, '-e', script], fields),
    heard: async <Type extends FromShim['type']>(type: Type, run?: number) => {
      const is = (message: FromShim): message is MessageOf<Type> => message.type === type && (run === undefined || ('run' in message && message.run === run));
      const message = await waitFor(() => messages.find(is), { what: `the message ${type} ${run ?? ''}` });
      await shim.written();
      return message;
    },
    out: () => (existsSync(target().out) ? readFileSync(target().out, 'utf8') : ''),
    logNames: () => readdirSync(paths.logs).sort(),
    shutdown,
  };
}
