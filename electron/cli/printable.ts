// Text from outside (log lines, reasons, paths) must not steer the terminal: control characters are shown, not sent.
import { steeringCharacters, unicodeEscape } from '../../shared/model/steering-characters.ts';

const steering = steeringCharacters();
const steeringButTab = steeringCharacters('\t');
/** ECMA-48 SGR: colours and weights, which programs may write into their logs. */
const colourCodes = /\u001B\[[0-9;:]*m/g;
const steeringButLayout = new RegExp(`${colourCodes.source}|${steeringCharacters('\t', '\n').source}`, 'g');

/** One line of plain text: control characters, newlines and bidirectional overrides become `\x1b`, `\n`, `\u202e`. */
export function printable(text: string): string {
  return text.replace(steering, escape);
}

/** A log line: tabs stay, and colours too where `colours` says so (otherwise they are dropped); the rest is escaped. */
export function printableLogLine(text: string, colours: boolean): string {
  if (!colours) return text.replace(colourCodes, '').replace(steeringButTab, escape);
  const codes = text.match(colourCodes) ?? [];
  if (codes.length === 0) return text.replace(steeringButTab, escape);
  const plain = text.split(colourCodes).map((part) => part.replace(steeringButTab, escape));
  // Reset at the end: a line must not colour the next one.
  return `${plain.map((part, index) => `${part}${codes[index] ?? ''}`).join('')}\u001B[0m`;
}

/** What is written for people, as the last thing before the terminal: lines and our colours stay, whatever else slipped in is shown. */
export function printableText(text: string): string {
  return text.replace(steeringButLayout, (found) => (found.length > 1 ? found : escape(found)));
}

function escape(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : unicodeEscape(character);
}
