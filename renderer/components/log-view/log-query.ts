// What a person types into the search field: plain text, found in either case, or /a regular expression/ with its flags.

/** A regular expression that is one. */
export interface LinePattern {
  readonly source: string;
  readonly flags: string;
}

export type ParsedQuery =
  | { readonly kind: 'none' }
  /** As an expression that takes a time that grows with the text only. */
  | { readonly kind: 'text'; readonly expression: RegExp }
  | { readonly kind: 'pattern'; readonly pattern: LinePattern }
  /** Not a regular expression yet; `message` says why. */
  | { readonly kind: 'invalid'; readonly message: string };

export function parseQuery(input: string): ParsedQuery {
  if (input === '') return { kind: 'none' };
  // What follows the last slash has to be flags: `/v1/orders` is text.
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/s.exec(input) ?? [];
  if (source === undefined || flags === undefined) return { kind: 'text', expression: new RegExp(escaped(input), 'gi') };
  try {
    const pattern = { source, flags: `${flags}g` };
    void new RegExp(pattern.source, pattern.flags);
    return { kind: 'pattern', pattern };
  } catch (error) {
    // The pattern is a person's, and half of it is there while it is typed: what the browser says about it is what helps.
    return { kind: 'invalid', message: (error instanceof Error ? error.message : String(error)).replace(/^Invalid regular expression: .*: /s, '') };
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
