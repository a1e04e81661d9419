// Lines of output as a face sees them.
import * as z from 'zod/mini';
import { count, list, moment, record, table } from './shapes.ts';

export const logStreams = ['out', 'err'] as const;
export type LogStream = (typeof logStreams)[number];

export const logEntrySchema = record({
  process: z.string(),
  instance: count,
  stream: z.enum(logStreams),
  /** null when the file does not say (format plain). */
  time: z.nullable(moment),
  message: z.string(),
  /** What the application logged as JSON of its own, without the fields above; null for text. */
  fields: z.nullable(table(z.unknown())),
});

/** At most 256 entries, in the order of time where the files tell it. */
export const logBatchSchema = record({ entries: list(logEntrySchema) });

/** Said before the first batch: what was shown before is void. `instances` are those whose files are read. */
export const logBeginningSchema = record({ instances: list(record({ name: z.string(), instance: count })) });

export type LogEntry = z.infer<typeof logEntrySchema>;
export type LogBatch = z.infer<typeof logBatchSchema>;
export type LogBeginning = z.infer<typeof logBeginningSchema>;
