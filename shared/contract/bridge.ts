// What the preload puts into a page of the desktop's window as `window.tspm`: calls and subscriptions, and nothing else. Only plain
// data and functions cross this border, so errors are values and what a caller gives up is ended by a function.
import type { FailureValue } from '../model/failure.ts';
import type { Capabilities } from './capabilities.ts';
import type { Progress } from './outcomes.ts';
import type { StreamMessage } from './topics.ts';

export type BridgeAnswer = { readonly result: unknown } | { readonly error: FailureValue };

/** A message of a stream, or its end: null when it ended by itself. */
export type BridgeStep = { readonly message: StreamMessage<unknown, unknown> } | { readonly end: FailureValue | null };

export interface TspmBridge {
  /** Resolves when the main process has welcomed this page. */
  readonly capabilities: () => Promise<Capabilities>;
  readonly call: (name: string, input: unknown, onProgress?: (progress: Progress) => void) => Promise<BridgeAnswer>;
  /** The next step comes when the listener has finished with the one before. Gives the function that ends the subscription. */
  readonly subscribe: (topic: string, input: unknown, after: string | null, listener: (step: BridgeStep) => void | Promise<void>) => () => void;
}
