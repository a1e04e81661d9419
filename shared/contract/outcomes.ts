// What a lifecycle command did to each instance, and how it goes on meanwhile.
import * as z from 'zod/mini';
import { processSnapshotSchema } from './process.ts';
import { count, list, record } from './shapes.ts';

/**
 * `updated`: the new definition is taken over, and needed no restart. `unchanged`: it was so already.
 */
export const actions = ['started', 'restarted', 'updated', 'reloaded', 'stopped', 'deleted', 'flushed', 'reset', 'signalled', 'unchanged', 'failed'] as const;

export const outcomeSchema = record({
  id: count,
  name: z.string(),
  instance: count,
  action: z.enum(actions),
  /** Config fields that differ from what ran before; only after a change. */
  changed: list(z.string()),
  /** Why it failed, or anything worth saying; empty otherwise. */
  message: z.string(),
  /** The last lines of output of an instance that failed. */
  lastLines: list(z.string()),
  process: processSnapshotSchema,
});

/** Sent while a command works. `done` counts instances that arrived, `total` those it waits for. */
export const progressSchema = record({ done: count, total: count, name: z.string(), instance: count, state: z.string() });

export type Action = (typeof actions)[number];
export type Outcome = z.infer<typeof outcomeSchema>;
export type Progress = z.infer<typeof progressSchema>;
