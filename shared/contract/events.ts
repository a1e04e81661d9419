// What happens in an engine, in order. Events announce state; nothing is driven by them.
import * as z from 'zod/mini';
import { exitStatusSchema, processSnapshotSchema } from './process.ts';
import { noticeSchema, statusReportSchema } from './reports.ts';
import { count, list, moment, record } from './shapes.ts';

/** A process is new, or anything of it that a face shows is different; measurements alone are told by `usage`. */
export const processChangedSchema = record({ type: z.literal('process.changed'), at: moment, process: processSnapshotSchema });

export const processRemovedSchema = record({ type: z.literal('process.removed'), at: moment, id: count, name: z.string(), instance: count });

/** A child has ended. */
export const processExitedSchema = record({
  type: z.literal('process.exited'),
  at: moment,
  id: count,
  name: z.string(),
  instance: count,
  run: count,
  exit: exitStatusSchema,
  /** False: nobody asked for it, and it counts as a failure. */
  expected: z.boolean(),
  /** How it ended, without when or how often: the same for the same cause. */
  cause: z.string(),
  /** What comes of it, in words a person can read. */
  reason: z.string(),
  outlook: z.enum(['restart', 'exited', 'errored', 'stopped']),
});

/** Measurements of all instances that run, once a second while somebody listens. */
export const usageSchema = record({
  type: z.literal('usage'),
  at: moment,
  samples: list(record({ id: count, cpuPercent: z.number(), memoryBytes: z.number() })),
});

export const noticeEventSchema = record({ type: z.literal('notice'), at: moment, notice: noticeSchema });

export const engineEventSchema = z.discriminatedUnion('type', [
  processChangedSchema,
  processRemovedSchema,
  processExitedSchema,
  usageSchema,
  noticeEventSchema,
]);

/** Everything a face shows before the first event. */
export const engineSnapshotSchema = record({ at: moment, status: statusReportSchema, processes: list(processSnapshotSchema) });

export type EngineEvent = z.infer<typeof engineEventSchema>;
export type EngineSnapshot = z.infer<typeof engineSnapshotSchema>;
export type ProcessExited = z.infer<typeof processExitedSchema>;
