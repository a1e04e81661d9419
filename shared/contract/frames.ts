// The contract over a channel of messages, such as a WebSocket or Electron's IPC: many calls and subscriptions at once, each
// with a number that the caller chooses. A stream may send as many messages as it was granted, then waits for the next grant.
import type { FailureValue } from '../model/failure.ts';
import type { Capabilities } from './capabilities.ts';
import type { Progress } from './outcomes.ts';
import type { StreamMessage } from './topics.ts';

export type ClientFrame =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: 'subscribe'; readonly id: number; readonly topic: string; readonly input: unknown; readonly after: string | null }
  /** The caller has taken one message of this stream. */
  | { readonly type: 'taken'; readonly id: number }
  /** Ends a call's wait or a stream. */
  | { readonly type: 'cancel'; readonly id: number };

export type ServerFrame =
  /** The first of every channel. */
  | { readonly type: 'welcome'; readonly capabilities: Capabilities }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'message'; readonly id: number; readonly message: StreamMessage<unknown, unknown> }
  /** Of a call or a stream; a stream that ended by itself has `error` null. */
  | { readonly type: 'end'; readonly id: number; readonly error: FailureValue | null };

/** Messages of one stream that may be under way. */
export const streamWindow = 8;
/** Calls and streams of one channel at a time. */
export const maxOpen = 64;
