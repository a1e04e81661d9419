// Checks the form of what comes over the socket, so that nothing but a message of the protocol goes further.
import { balancerModes, balancingStrategies, type ClusterPlan } from '../../shared/model/balancing.ts';
import type { Starter } from '../../shared/model/starter.ts';
import { listenManners, type FromShim, type LogTarget, type Membership, type StopManner, type ToShim, type UsageSample } from '../../shared/model/shim-protocol.ts';

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const text: Check = (value) => typeof value === 'string';
const natural: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const flag: Check = (value) => typeof value === 'boolean';
const oneOf = (...allowed: readonly string[]): Check => (value) => typeof value === 'string' && allowed.includes(value);
const listOf = (check: Check): Check => (value) => Array.isArray(value) && value.every(check);
const optional = (check: Check): Check => (value) => value === undefined || check(value);
const texts: Check = (value) => isObject(value) && Object.values(value).every(text);

const logTarget = {
  format: oneOf('plain', 'timestamps', 'json'),
  out: text,
  err: text,
  process: text,
  instance: natural,
  maxSizeBytes: natural,
  maxFiles: natural,
  maxAgeMs: (value) => value === null || natural(value),
  compress: flag,
} satisfies Record<keyof LogTarget, Check>;

const amount: Check = (value) => typeof value === 'number' && value >= 0;
const mode = oneOf(...balancerModes);

const member = { cluster: text, instance: natural, mode, port: natural } satisfies Record<keyof Membership, Check>;

const plan = {
  name: text,
  host: text,
  port: natural,
  mode,
  strategy: oneOf(...balancingStrategies),
  queueTimeoutMs: natural,
  headTimeoutMs: natural,
  idleTimeoutMs: natural,
  responseTimeoutMs: natural,
  maxHeadBytes: natural,
} satisfies Record<keyof ClusterPlan, Check>;

const stop = { signal: text, timeoutMs: natural } satisfies Record<keyof StopManner, Check>;

const sample = { id: text, run: natural, cpuPercent: amount, memoryBytes: amount } satisfies Record<keyof UsageSample, Check>;

const starter = { runtimes: listOf(text), script: text, flags: listOf(text), asNode: flag } satisfies Record<keyof Starter, Check>;

const shapes: Readonly<Record<ToShim['type'], Shape>> = {
  hello: { version: natural, supervisorPid: natural },
  spawn: { id: text, run: natural, command: text, args: listOf(text), cwd: text, env: texts, logs: (value) => fits(value, logTarget), pidFile: text, member: (value) => value === null || fits(value, member), channel: flag, stop: (value) => value === undefined || fits(value, stop) },
  signal: { id: text, run: natural, signal: text, scope: oneOf('process', 'group') },
  acknowledge: { id: text, run: natural },
  flush: { request: natural, ids: listOf(text), files: listOf((value) => fits(value, logTarget)) },
  cluster: { request: natural, plan: (value) => fits(value, plan), listen: optional(oneOf(...listenManners)) },
  'try-address': { request: natural, host: text, port: natural },
  'leave-cluster': { request: natural, name: text },
  'close-cluster': { name: text },
  admit: { id: text, run: natural, weight: amount },
  withdraw: { id: text, run: natural },
  drain: { id: text, run: natural, timeoutMs: natural },
  usage: { samples: listOf((value) => fits(value, sample)) },
  figures: { request: natural, names: listOf(text) },
  'raise-successor': { request: natural, runtime: text, args: listOf(text) },
  promote: {},
  starter,
  release: {},
  shutdown: {},
};

export type NotUnderstood = Extract<FromShim, { type: 'not-understood' }>;

/** Longest text of an unknown message that is said back. */
const maxEchoChars = 100;

/**
 * A message of the protocol, or the answer to one that this shim does not understand: the supervisor may be newer. null when the line is
 * no message at all.
 */
export function parseMessage(line: string): ToShim | NotUnderstood | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // No JSON: no message.
    return null;
  }
  if (isMessage(value)) return value;
  return isObject(value) && typeof value['type'] === 'string' ? notUnderstood(value['type'], value) : null;
}

function notUnderstood(type: string, { request, id, run }: Readonly<Record<string, unknown>>): NotUnderstood {
  const what = type.slice(0, maxEchoChars);
  const message = Object.hasOwn(shapes, type) ? `this shim expects another form of the message ${what}` : `this shim does not know the message ${JSON.stringify(what)}`;
  return {
    type: 'not-understood',
    what,
    request: natural(request) ? Number(request) : null,
    id: typeof id === 'string' ? id.slice(0, maxEchoChars) : null,
    run: natural(run) ? Number(run) : null,
    message,
  };
}

function isMessage(value: unknown): value is ToShim {
  if (!isObject(value) || typeof value['type'] !== 'string') return false;
  const shape = Object.entries(shapes).find(([type]) => type === value['type'])?.[1];
  return shape !== undefined && fits(value, shape);
}

function fits(value: unknown, shape: Shape): boolean {
  return isObject(value) && Object.entries(shape).every(([name, check]) => check(value[name]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
