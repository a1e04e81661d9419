// A process as the supervisor runs it: every default filled in, every path absolute, every unit plain (ms, bytes).
// The config loader produces it, `start` carries it, status.json keeps it.
import * as z from 'zod/mini';
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
export type Dependency = z.infer<typeof dependencySchema>;
export type ProgramRequest = z.infer<typeof programRequestSchema>;
export type ProcessSource = z.infer<typeof sourceSchema>;
export type ProcessSpec = z.infer<typeof processSpecSchema>;
