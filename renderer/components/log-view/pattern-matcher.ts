// Looks for a regular expression in a worker. A pattern can take hours for a single line and cannot be interrupted, but a worker can
// be ended.
import type { TextRange } from './find-ranges.ts';
import type { LinePattern } from './log-query.ts';

/** One element for each text; null where it does not match. */
export type FoundRanges = readonly (readonly TextRange[] | null)[];

export type MatcherAnswer =
  | { readonly kind: 'found'; readonly ranges: FoundRanges }
  | { readonly kind: 'slow' }
  /** The worker's code did not come. */
  | { readonly kind: 'failed' };

export interface PatternMatcher {
  /** One question at a time. Never answered when it was stopped meanwhile. */
  readonly find: (texts: readonly string[]) => Promise<MatcherAnswer>;
  /** Lets go of the worker; whoever asks again gets another one. */
  readonly stop: () => void;
}

export interface MatcherQuestion {
  readonly pattern: LinePattern;
  readonly texts: readonly string[];
}

/** Said when it begins, because its code may have been long on the way; then the answer. */
export type MatcherMessage = 'begun' | FoundRanges;

/** What an ordinary pattern does within some milliseconds. */
const longestMs = 2000;

export function createPatternMatcher(pattern: LinePattern): PatternMatcher {
  let worker: Worker | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    worker?.terminate();
    worker = null;
  };
  const find: PatternMatcher['find'] = (texts) => {
    const asked = (worker ??= new Worker(new URL('./pattern-worker.ts', import.meta.url), { type: 'module' }));
    return new Promise((resolve) => {
      const giveUp = (kind: 'slow' | 'failed'): void => {
        stop();
        resolve({ kind });
      };
      asked.onerror = () => giveUp('failed');
      asked.onmessage = ({ data }: MessageEvent<MatcherMessage>) => {
        if (data === 'begun') {
          timer = setTimeout(() => giveUp('slow'), longestMs);
          return;
        }
        clearTimeout(timer);
        resolve({ kind: 'found', ranges: data });
      };
      const question: MatcherQuestion = { pattern, texts };
      asked.postMessage(question);
    });
  };
  return { find, stop };
}
