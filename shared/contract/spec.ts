// A process as the supervisor runs it: every default filled in, every path absolute, every unit plain (ms, bytes).
// The config loader produces it, `start` carries it, status.json keeps it.
import * as z from 'zod/mini';
import { balancerModes, balancingStrategies } from '../model/balancing.ts';
import { maxInstances, namePattern } from '../model/limits.ts';
import { endingSignals } from '../model/signals.ts';

const count = z.int().check(z.minimum(0));
const text = z.string().check(z.maxLength(65536));

export const logSpecSchema = z.object({
  format: z.enum(['plain', 'timestamps', 'json']),
  /** Own paths; null: the default below TSPM_HOME. With several instances `-<instance>` goes before the extension. */
  out: z.nullable(text),
  err: z.nullable(text),
  merge: z.boolean(),
  maxSizeBytes: count,
  maxFiles: count,
  maxAgeMs: z.nullable(count),
  compress: z.boolean(),
});

export const dependencySchema = z.object({
  name: z.string().check(z.regex(namePattern)),
  condition: z.enum(['started', 'ready', 'completed']),
});

/** How TSPM spreads what comes to `port`. `none`: it does not, and instance n has port + n for itself. */
export const balancerSpecSchema = z.object({
  mode: z.enum([...balancerModes, 'none']),
  strategy: z.enum(balancingStrategies),
  queueTimeoutMs: count,
  headTimeoutMs: count,
  idleTimeoutMs: count,
  responseTimeoutMs: count,
  maxHeadBytes: count,
});

/** What holds unless a config says otherwise. */
export const balancerDefaults = {
  strategy: 'round-robin',
  queueTimeoutMs: 2000,
  headTimeoutMs: 10_000,
  idleTimeoutMs: 60_000,
  responseTimeoutMs: 60_000,
  maxHeadBytes: 16_384,
} as const;

const unbalanced = { mode: 'none', ...balancerDefaults } as const;

const weight = z.int().check(z.minimum(1), z.maximum(1000));

/** What a person typed for a program without a config file; kept so that `restart` can resolve it again. */
export const programRequestSchema = z.object({
  /** A script path, or a command found on PATH. */
  target: text.check(z.minLength(1)),
  args: z.array(text),
  cwd: text,
  name: z.optional(text),
  instances: z.optional(z.union([z.int(), z.literal('max')])),
  interpreter: z.optional(text),
  env: z.optional(z.record(z.string(), text)),
  envFile: z.optional(text),
  namespace: z.optional(text),
});

export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('config'), file: text }),
  z.object({ kind: z.literal('program'), request: programRequestSchema }),
]);

export const processSpecSchema = z.object({
  name: z.string().check(z.regex(namePattern)),
  namespace: z.string().check(z.regex(namePattern)),
  group: z.nullable(z.string().check(z.regex(namePattern))),
  instances: z.int().check(z.minimum(1), z.maximum(maxInstances)),
  /** Executable: absolute, or a name looked up on the PATH of the child's environment. */
  command: text.check(z.minLength(1)),
  args: z.array(text),
  script: z.nullable(text),
  interpreter: z.nullable(text),
  cwd: text.check(z.minLength(1)),
  /** Declared by config and env files only; the inherited environment is kept apart. */
  env: z.record(z.string(), text),
  port: z.nullable(z.int().check(z.minimum(1), z.maximum(65535))),
  /** Address that TSPM binds `port` on. What a state file of an earlier version lacks has the value it had then. */
  host: z._default(text, '127.0.0.1'),
  balancer: z._default(balancerSpecSchema, unbalanced),
  /** For every instance, or one per instance; an instance beyond the list has 1. */
  instanceWeight: z._default(z.union([weight, z.array(weight)]), 1),
  /** Name of the variable that holds the number of the instance. */
  instanceVar: z._default(text, 'NODE_APP_INSTANCE'),
  /** How long an instance that is replaced or taken away may finish what it has. */
  drainTimeoutMs: z._default(count, 30_000),
  /** Ready is when the program says so: `process.send('ready')`. */
  waitReady: z._default(z.boolean(), false),
  dependsOn: z.array(dependencySchema),
  autorestart: z.boolean(),
  maxRestarts: count,
  minUptimeMs: count,
  readyTimeoutMs: count,
  restartDelayMs: count,
  maxRestartDelayMs: count,
  restartBackoff: z.number().check(z.minimum(1)),
  stopExitCodes: z.array(z.int()),
  killSignal: z.enum(endingSignals),
  killTimeoutMs: count,
  logs: logSpecSchema,
  pidFile: z.nullable(text),
  source: sourceSchema,
});

export type LogSpec = z.infer<typeof logSpecSchema>;
export type BalancerSpec = z.infer<typeof balancerSpecSchema>;
export type Dependency = z.infer<typeof dependencySchema>;
export type ProgramRequest = z.infer<typeof programRequestSchema>;
export type ProcessSource = z.infer<typeof sourceSchema>;
export type ProcessSpec = z.infer<typeof processSpecSchema>;
