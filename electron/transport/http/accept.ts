// Content negotiation (RFC 9110, 12.5.1): which of our types the caller likes best.
import { HttpProblem } from './problem.ts';

/** `offered`: ours, the usual one first. Throws an HttpProblem `not-acceptable`. */
export function chooseType<Type extends string>(accept: string | undefined, offered: readonly [Type, ...Type[]]): Type {
  if (accept === undefined || accept.trim() === '') return offered[0];
  const ranges = accept.split(',').map(parseRange);
  let best: { readonly type: Type; readonly quality: number } | null = null;
  for (const type of offered) {
    const quality = qualityOf(type, ranges);
    if (quality > (best?.quality ?? 0)) best = { type, quality };
  }
  if (best === null) throw new HttpProblem('not-acceptable', `This is answered as ${offered.join(' or ')}.`);
  return best.type;
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

function parseRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { type, quality: quality === undefined ? 1 : Number(quality) || 0 };
}

/** The most specific range decides. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const specific = [type, `${type.split('/')[0] ?? ''}/*`, '*/*'];
  for (const wanted of specific) {
    const found = ranges.find((range) => range.type === wanted);
    if (found !== undefined) return found.quality;
  }
  return 0;
}
