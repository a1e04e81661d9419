// What a face sees of one instance. Plain data, safe to print: no environment, no secrets.
import * as z from 'zod/mini';
import { balancerModes, balancingStrategies } from '../model/balancing.ts';
import { processStates } from '../model/process-state.ts';
import { count, list, moment, record } from './shapes.ts';

/** How a child ended: exactly one of the two is set (POSIX wait status). */
export const exitStatusSchema = record({ code: z.nullable(z.int()), signal: z.nullable(z.string()) });

const snapshotFields = {
  /** Small number, stable for the life of the instance in the process list. */
  id: count,
  name: z.string(),
  instance: count,
  namespace: z.string(),
  group: z.nullable(z.string()),
  state: z.enum(processStates),
  desired: z.enum(['up', 'down']),
  pid: z.nullable(count),
  /** Automatic restarts since the process was added or `reset`. */
  restarts: count,
  /** When the current child was spawned; null without a child. */
  startedAt: z.nullable(moment),
  /** Milliseconds since the current child was spawned, at the moment of the snapshot; 0 without a child. */
  uptimeMs: z.number(),
  /** Percent of one core, the whole process group; null while unknown. */
  cpuPercent: z.nullable(z.number()),
  /** Resident bytes of the process; null while unknown. */
  memoryBytes: z.nullable(z.number()),
  /** Where its clients find it: in a cluster the same for all instances. */
  port: z.nullable(count),
  /** How its port is balanced; null: nobody balances it, and `scale` gives each instance a port of its own. */
  balancerMode: z.nullable(z.enum(balancerModes)),
  /** Why the process is in this state, in words; empty when there is nothing to say. */
  reason: z.string(),
} as const;

export const processSnapshotSchema = record(snapshotFields);

export const balancerSummarySchema = record({
  mode: z.enum(balancerModes),
  strategy: z.enum(balancingStrategies),
  host: z.string(),
  weight: z.number(),
  drainTimeoutMs: count,
});

/** Where an instance's output goes; `err` equals `out` when the streams are merged. */
export const logFilesSchema = record({ out: z.string(), err: z.string() });

/** Everything `describe` shows of one instance. */
export const processDescriptionSchema = record({
  ...snapshotFields,
  run: count,
  /** In a cluster: its own port on 127.0.0.1, while it runs. */
  ownPort: z.nullable(count),
  /** null: nobody balances it. */
  balancer: z.nullable(balancerSummarySchema),
  lastExit: z.nullable(exitStatusSchema),
  command: z.string(),
  args: list(z.string()),
  cwd: z.string(),
  script: z.nullable(z.string()),
  interpreter: z.nullable(z.string()),
  configFile: z.nullable(z.string()),
  pidFile: z.string(),
  logFiles: logFilesSchema,
  logFormat: z.string(),
  dependsOn: list(z.string()),
  autorestart: z.boolean(),
  maxRestarts: count,
  killSignal: z.string(),
  killTimeoutMs: count,
  lostLogBytes: count,
  lostLogLines: count,
  /** Names only; values are shown by `env`. */
  envNames: list(z.string()),
});

export type ProcessSnapshot = z.infer<typeof processSnapshotSchema>;
export type ProcessDescription = z.infer<typeof processDescriptionSchema>;
export type BalancerSummary = z.infer<typeof balancerSummarySchema>;
export type LogFiles = z.infer<typeof logFilesSchema>;
