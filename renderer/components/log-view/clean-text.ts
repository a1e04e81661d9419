// What a terminal would show of a line that was written for one: colours stay, everything else that steers a terminal goes.
import { steeringCharacters } from '../../../shared/model/steering-characters.ts';

/** Characters of one line that are kept. The rest is in the log file, and the line says so. */
export const maxLineCharacters = 16_384;

// ECMA-48: control strings (OSC, DCS, PM, APC, SOS) until BEL or ST; CSI sequences; other escapes.
const controlString = /\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\|$)/g;
const controlSequence = /\x1b\[[0-?]*[ -/]*[@-~]/g;
const colour = /\x1b\[[\d;]*m/g;
const onlyColour = /^\x1b\[[\d;]*m$/;
const otherEscape = /\x1b(?!\[[\d;]*m)[ -/]*[0-~]?/g;
const unprintable = steeringCharacters('\t', '\x1b');
const needsCleaning = new RegExp(steeringCharacters('\t').source);

export interface CleanText {
  /** With colour sequences (SGR) and nothing else of that kind. */
  readonly coloured: string;
  /** Without them: what is searched, copied and measured. The same string when there are none. */
  readonly plain: string;
}

export function cleanText(message: string): CleanText {
  const whole = message.length > maxLineCharacters ? shortened(message) : message;
  if (!needsCleaning.test(whole)) return { coloured: whole, plain: whole };
  const coloured = afterLastReturn(whole)
    .replace(controlString, '')
    .replace(controlSequence, (sequence) => (onlyColour.test(sequence) ? sequence : ''))
    .replace(otherEscape, '')
    .replace(unprintable, '');
  return coloured.includes('\x1b') ? { coloured, plain: coloured.replace(colour, '') } : { coloured, plain: coloured };
}

/** Progress bars write over themselves: the last state is the one a person would see. */
function afterLastReturn(text: string): string {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text;
  return line.slice(line.lastIndexOf('\r') + 1);
}

function shortened(message: string): string {
  return `${message.slice(0, maxLineCharacters)}\x1b[0m … ${message.length - maxLineCharacters} characters more in the log file`;
}
