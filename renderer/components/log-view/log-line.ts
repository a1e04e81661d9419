// One line of a log as the view holds it: cleaned and measured once when it arrives, coloured only when it is seen.
import type { LogEntry, LogStream } from '../../../shared/contract/logs.ts';
import { cleanText } from './clean-text.ts';
import { structured } from './structured.ts';

export interface LogLine {
  /** Counts up from 0 with every line that was received; never used twice. */
  readonly sequence: number;
  readonly instance: number;
  readonly stream: LogStream;
  /** Milliseconds since 1970, null when the file does not say. */
  readonly time: number | null;
  readonly coloured: string;
  /** The message without colours and, behind it, the fields in short. */
  readonly text: string;
  /** Where the message ends in `text`. */
  readonly messageEnd: number;
  readonly fields: readonly LogField[];
}

export interface LogField {
  readonly name: string;
  readonly value: string;
}

const maxFields = 64;
const maxFieldCharacters = 2048;

export function logLine(entry: LogEntry, sequence: number): LogLine {
  const { message, fields: own } = structured(entry);
  const { coloured, plain } = cleanText(message);
  const fields = own === null ? noFields : fieldsOf(own);
  const short = fields.map(({ name, value }) => `${name}=${value}`).join(' ');
  return {
    sequence,
    instance: entry.instance,
    stream: entry.stream,
    time: entry.time,
    coloured,
    text: short === '' ? plain : plain === '' ? short : `${plain} ${short}`,
    messageEnd: plain.length,
    fields,
  };
}

const noFields: readonly LogField[] = [];

function fieldsOf(fields: Readonly<Record<string, unknown>>): readonly LogField[] {
  return Object.entries(fields).slice(0, maxFields).map(([name, value]) => ({ name: cleanText(name).plain, value: fieldText(value) }));
}

function fieldText(value: unknown): string {
  const text = typeof value === 'string' && /^[^\s="]+$/.test(value) ? value : JSON.stringify(value);
  const plain = cleanText(text).plain;
  return plain.length > maxFieldCharacters ? `${plain.slice(0, maxFieldCharacters)}…` : plain;
}
