// What a person types into the search field: plain text, found in either case, or /a regular expression/ with its flags.

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface LogQuery {
  readonly matches: (text: string) => boolean;
  /** Where it matches, in order, without overlaps; at most 200 places. */
  readonly ranges: (text: string) => readonly TextRange[];
}

export type ParsedQuery =
  | { readonly kind: 'none' }
  | { readonly kind: 'query'; readonly query: LogQuery }
  /** Not a regular expression yet; `message` says why. */
  | { readonly kind: 'invalid'; readonly message: string };

const maxRanges = 200;

export function parseQuery(input: string): ParsedQuery {
  if (input === '') return { kind: 'none' };
  // What follows the last slash has to be flags: `/v1/orders` is text.
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/s.exec(input) ?? [];
  if (source === undefined || flags === undefined) return { kind: 'query', query: queryOf(new RegExp(escaped(input), 'gi')) };
  try {
    return { kind: 'query', query: queryOf(new RegExp(source, `${flags}g`)) };
  } catch (error) {
    // The pattern is a person's, and half of it is there while it is typed: what the browser says about it is what helps.
    return { kind: 'invalid', message: (error instanceof Error ? error.message : String(error)).replace(/^Invalid regular expression: .*: /s, '') };
  }
}

function queryOf(pattern: RegExp): LogQuery {
  return {
    matches: (text) => {
      pattern.lastIndex = 0;
      return pattern.test(text);
    },
    ranges: (text) => {
      const found: TextRange[] = [];
      pattern.lastIndex = 0;
      for (const match of text.matchAll(pattern)) {
        if (match[0] !== '') found.push({ start: match.index, end: match.index + match[0].length });
        if (found.length === maxRanges) break;
      }
      return found;
    },
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
