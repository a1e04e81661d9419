// The lines of an answer over HTTP: any number of progress lines, then exactly one result or error. Those of a subscription: messages,
// then an end.
import type { FailureValue } from '../model/failure.ts';
import type { Progress } from './outcomes.ts';
import type { StreamMessage } from './topics.ts';

export type AnswerLine =
  | { readonly progress: Progress }
  | { readonly result: unknown }
  | { readonly error: FailureValue };

export type StreamLine =
  | { readonly message: StreamMessage<unknown, unknown> }
  /** Nothing to say; the stream lives. Every 15 s. */
  | { readonly alive: true }
  | { readonly end: FailureValue | null };
