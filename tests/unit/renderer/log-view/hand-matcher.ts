// A matcher of patterns that answers when the test says so: in the page, and truly.
import { findRanges } from '../../../../renderer/components/log-view/find-ranges.ts';
import type { LinePattern } from '../../../../renderer/components/log-view/log-query.ts';
import type { MatcherAnswer, PatternMatcher } from '../../../../renderer/components/log-view/pattern-matcher.ts';

export function handMatcher() {
  let texts: readonly string[] = [];
  let pattern: LinePattern = { source: '', flags: 'g' };
  let resolve: (answer: MatcherAnswer) => void = () => undefined;
  let stopped = 0;
  const matcher: PatternMatcher = {
    find: (asked) => {
      texts = asked;
      return new Promise((answered) => (resolve = answered));
    },
    stop: () => void (stopped += 1),
  };
  return {
    start: (wanted: LinePattern): PatternMatcher => {
      pattern = wanted;
      return matcher;
    },
    asked: () => texts,
    stopped: () => stopped,
    answer: async (answer?: MatcherAnswer): Promise<void> => {
      const expression = new RegExp(pattern.source, pattern.flags);
      resolve(answer ?? { kind: 'found', ranges: texts.map((text) => findRanges(text, expression)) });
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}
