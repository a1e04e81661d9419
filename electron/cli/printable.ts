// Text from outside (log lines, reasons, paths) must not steer the terminal: control characters are shown, not sent.

const controls = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const controlsButTab = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** ECMA-48 SGR: colours and weights, which programs may write into their logs. */
const colourCodes = /\u001B\[[0-9;:]*m/g;

/** One line of plain text: control characters, newlines and bidirectional overrides become `\x1b`, `\n`, `\u202e`. */
export function printable(text: string): string {
  return text.replace(controls, escape);
}

/** A log line: tabs stay, and colours too where `colours` says so (otherwise they are dropped); the rest is escaped. */
export function printableLogLine(text: string, colours: boolean): string {
  if (!colours) return text.replace(colourCodes, '').replace(controlsButTab, escape);
  const codes = text.match(colourCodes) ?? [];
  if (codes.length === 0) return text.replace(controlsButTab, escape);
  const plain = text.split(colourCodes).map((part) => part.replace(controlsButTab, escape));
  // Reset at the end: a line must not colour the next one.
  return `${plain.map((part, index) => `${part}${codes[index] ?? ''}`).join('')}\u001B[0m`;
}

function escape(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
