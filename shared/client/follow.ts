// Keeps a subscription alive for as long as the caller likes: goes on behind the last position after a break, starts again with a
// snapshot after a gap, and pauses between tries, longer each time.
import type { TopicInput, TopicMessage, TopicName } from '../contract/topics.ts';
import type { Clock } from '../model/clock.ts';
import { Failure, toFailureValue, type FailureValue } from '../model/failure.ts';
import type { Client } from './client.ts';

export interface FollowOptions<Name extends TopicName> {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Everything before is void after a snapshot. The next message comes when this has resolved. */
  readonly next: (message: TopicMessage<Name>) => void | Promise<void>;
  /** The stream broke, and is tried again after so many milliseconds. */
  readonly lost: (failure: FailureValue, retryMs: number) => void;
}

const firstPauseMs = 100;
const longestPauseMs = 5000;

/** Resolves after the abort. Throws what no new try can mend: input that is not valid, or an engine that does not know the topic. */
export async function follow<Name extends TopicName>(client: Client, topic: Name, input: TopicInput<Name>, options: FollowOptions<Name>): Promise<void> {
  const { clock, signal, next, lost } = options;
  let position: string | null = null;
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    let failure: FailureValue = { code: 'engine-unreachable', message: 'the stream ended' };
    try {
      await client.subscribe(topic, input, {
        after: position,
        signal,
        async next(message) {
          if ('previous' in message && message.previous !== position) throw gap();
          pauseMs = firstPauseMs;
          await next(message);
          position = message.position;
        },
      });
    } catch (error) {
      failure = toFailureValue(error);
      if (['invalid-input', 'unknown-command', 'forbidden', 'internal'].includes(failure.code)) throw error;
      if (isVoid(failure)) position = null;
    }
    if (signal.aborted) return;
    lost(failure, pauseMs);
    await pause(clock, pauseMs, signal);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
}

/** After these what the caller holds cannot be gone on from. */
function isVoid({ code, data }: FailureValue): boolean {
  return code === 'too-slow' || (code === 'failed' && data === gapMark);
}

const gapMark = 'gap';

function gap(): Failure {
  return new Failure('failed', 'changes are missing: subscribing again', gapMark);
}

function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.after(delayMs, finish);
    signal.addEventListener('abort', finish, { once: true });
  });
}
