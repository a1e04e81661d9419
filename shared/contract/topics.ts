// Every subscription of the engine, declared once. A stream begins with a snapshot and its position, in one step, or goes on
// behind a position that the caller knows; then come changes, each with the position before it. Another position than the one
// the caller holds is a gap: what it holds is void, and it subscribes again.
import type * as z from 'zod/mini';
import { engineEventSchema, engineSnapshotSchema } from './events.ts';
import { logBatchSchema, logBeginningSchema } from './logs.ts';
import { clusterReportSchema } from './reports.ts';
import { list } from './shapes.ts';
import type { topicInputs } from './topic-inputs.ts';

export const topicOutputs = {
  events: { snapshot: engineSnapshotSchema, change: engineEventSchema },
  logs: { snapshot: logBeginningSchema, change: logBatchSchema },
  clusters: { snapshot: list(clusterReportSchema), change: list(clusterReportSchema) },
} as const;

export type TopicName = keyof typeof topicInputs;
export type TopicInput<Name extends TopicName> = z.input<(typeof topicInputs)[Name]>;
export type TopicSnapshot<Name extends TopicName> = z.infer<(typeof topicOutputs)[Name]['snapshot']>;
export type TopicChange<Name extends TopicName> = z.infer<(typeof topicOutputs)[Name]['change']>;

/** Positions are opaque: only an engine reads them. */
export type StreamMessage<Snapshot, Change> =
  | { readonly position: string; readonly snapshot: Snapshot }
  | { readonly position: string; readonly previous: string; readonly change: Change };

export type TopicMessage<Name extends TopicName> = StreamMessage<TopicSnapshot<Name>, TopicChange<Name>>;

export interface StreamContext {
  /** The position of the last message that the caller has; the stream goes on behind it where that is still possible. */
  readonly after: string | null;
  /** Aborted when the caller has gone away. */
  readonly signal: AbortSignal;
}

/** The next message is made when the one before has been taken. A stream that cannot go on throws a Failure that says why. */
export type TopicHandlers = {
  readonly [Name in TopicName]: (input: z.infer<(typeof topicInputs)[Name]>, context: StreamContext) => AsyncIterable<TopicMessage<Name>>;
};
