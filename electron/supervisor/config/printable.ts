// Text from a file, made safe for a terminal: a name must not be able to move the cursor or hide a line.

/** C0, DEL and C1 controls, and the Unicode signs that turn the direction of text. */
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** One sign stays one sign, so that a caret below the line still points at the right one. */
export function withoutControls(text: string): string {
  return text.replace(controls, (sign) => (sign === '\t' ? ' ' : '\ufffd'));
}

/** In quotes, control signs as JSON escapes, cut when long. */
export function quote(text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return JSON.stringify(shown).replace(controls, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A file path: bare when it is plain, quoted when it holds anything that a terminal would act on. */
export function showPath(text: string): string {
  return text.search(controls) === -1 ? text : quote(text);
}
