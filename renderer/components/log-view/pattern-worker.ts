// The worker of pattern-matcher.ts: gets texts, and answers where its pattern matches in each.
import { findRanges } from './find-ranges.ts';
import type { MatcherMessage, MatcherQuestion } from './pattern-matcher.ts';

self.addEventListener('message', ({ data: { pattern, texts } }: MessageEvent<MatcherQuestion>) => {
  answer('begun');
  const expression = new RegExp(pattern.source, pattern.flags);
  answer(texts.map((text) => findRanges(text, expression)));
});

function answer(message: MatcherMessage): void {
  self.postMessage(message);
}
