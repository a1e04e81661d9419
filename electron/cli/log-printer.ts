// Log entries as people read them (a coloured name before each line), or as one JSON object per line.
import { printableJson } from '../../shared/model/steering-characters.ts';
import type { LogEntry } from '../supervisor/log-reader.ts';
import { formatTime } from './format.ts';
import type { Colours, Output } from './output.ts';
import { printableLogLine } from './printable.ts';

/** For the help of commands that print log entries. */
export const logEntryJson = `one object per line: { process, instance, stream, time, message, fields }
stream: out | err; time: ISO 8601, or null where the file does not tell; fields: what the application logged as JSON, or null`;

export interface LogPrinter {
  print(entries: readonly LogEntry[]): Promise<void>;
}

export interface LogPrinterOptions {
  /** Show the time of entries that have one. */
  readonly times: boolean;
  /** Widest name to line up with, for example that of the longest `name:instance`. */
  readonly nameWidth: number;
}

export function createLogPrinter(output: Output, options: LogPrinterOptions): LogPrinter {
  const format = output.json ? jsonLine : (entry: LogEntry): string => textLine(entry, output.colours, options);
  return {
    async print(entries) {
      await output.write(entries.map((entry) => `${format(entry)}\n`).join(''));
    },
  };
}

function jsonLine({ process, instance, stream, time, message, fields }: LogEntry): string {
  return printableJson({ process, instance, stream, time: time === null ? null : new Date(time).toISOString(), message, fields });
}

function textLine(entry: LogEntry, colours: Colours, { times, nameWidth }: LogPrinterOptions): string {
  const name = nameColour(entry.process, colours)(`${entry.process}:${entry.instance}`.padEnd(nameWidth));
  const bar = entry.stream === 'err' ? colours.red('│') : colours.dim('│');
  const time = times && entry.time !== null ? `${colours.dim(formatTime(entry.time))} ` : '';
  const fields = entry.fields === null ? '' : colours.dim(printableJson(entry.fields));
  const message = printableLogLine(entry.message, colours.isColorSupported);
  return `${name} ${bar} ${time}${message}${message !== '' && fields !== '' ? ' ' : ''}${fields}`;
}

/** The same name always has the same colour. Red is left to errors. */
function nameColour(name: string, colours: Colours): (text: string) => string {
  const palette = [colours.cyan, colours.magenta, colours.green, colours.yellow, colours.blue, colours.cyanBright, colours.magentaBright, colours.greenBright];
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return palette[hash % palette.length] ?? colours.cyan;
}
