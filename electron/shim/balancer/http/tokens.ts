// The alphabets of HTTP (RFC 9110, 5.6.2 and 5.5).

const tokenCharacters = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** By the code of the character. */
const isToken = new Uint8Array(256);
for (const character of tokenCharacters) isToken[character.charCodeAt(0)] = 1;

export function isTokenCode(code: number): boolean {
  return isToken[code] === 1;
}

/** Whether `text` from `from` to `to` is a name as HTTP has them: no blanks, at least one character. */
export function isTokenAt(text: string, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) if (isToken[text.charCodeAt(index)] !== 1) return false;
  return to > from;
}

/** Controls other than the tab and the line ends, which are looked at elsewhere. */
export const forbiddenInHead = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** The elements of a comma-separated list, in lower case, without empty ones. */
export function listOf(value: string): readonly string[] {
  const elements: string[] = [];
  for (const element of value.split(',')) {
    const trimmed = element.trim().toLowerCase();
    if (trimmed !== '') elements.push(trimmed);
  }
  return elements;
}
