// Characters that steer a terminal or change how text reads instead of being read themselves. Text from outside is shown with them
// escaped or without them, everywhere by this one table.

/** For the inside of a character class: C0 without tab and newline, which some texts keep. */
const c0 = '\\u0000-\\u0008\\u000b-\\u001f';
/**
 * For the inside of a character class: DEL and C1 (CSI in one byte is U+009B), the signs and overrides that turn the direction of text
 * (UAX #9; U+061C is the Arabic letter mark), line and paragraph separators, and the byte order mark.
 */
const beyondAscii = '\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff';

export type Kept = '\t' | '\n' | '\u001b';

/** Matches every steering character but those in `kept`. */
export function steeringCharacters(...kept: readonly Kept[]): RegExp {
  const except = kept.length === 0 ? '' : `(?![${kept.map((character) => `\\x${hex(character, 2)}`).join('')}])`;
  return new RegExp(`${except}[\\t\\n${c0}${beyondAscii}]`, 'g');
}

/** What JSON.stringify leaves as it is: a terminal that shows JSON would be steered too. */
const leftByJson = new RegExp(`[${beyondAscii}]`, 'g');

/** JSON for a terminal: the same value, with every steering character as `\uXXXX`. */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(leftByJson, unicodeEscape);
}

/** `\u202e`. */
export function unicodeEscape(character: string): string {
  return `\\u${hex(character, 4)}`;
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}
