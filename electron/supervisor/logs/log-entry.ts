// One line of a log file as the reader understands it, in each of the formats the shim writes.
import type { LogEntry, LogStream } from '../../../shared/contract/logs.ts';
import type { LogFormat } from '../../../shared/model/shim-protocol.ts';

export type { LogEntry, LogStream };

/** A file of one instance. `stream` is null when both streams share the file. */
export interface LogFile {
  readonly path: string;
  readonly process: string;
  readonly instance: number;
  readonly stream: LogStream | null;
  readonly format: LogFormat;
}

/** What the shim puts behind a piece of a line over 64 KiB in the other formats. */
const lineContinues = ' …[line continues]';

const timestamped = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}(?:Z|[+-]\d{2}:\d{2})) (.*)$/s;

/** A line that does not have its file's format (written before the format was changed) is plain text. */
export function parseLogLine(file: LogFile, line: string): LogEntry {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (file.format === 'timestamps') {
    const match = timestamped.exec(text);
    const time = Date.parse(match?.[1] ?? '');
    if (match !== null && !Number.isNaN(time)) return plainEntry(file, time, match[2] ?? '');
  }
  if (file.format === 'json') {
    const entry = jsonEntry(file, text);
    if (entry !== null) return entry;
  }
  return plainEntry(file, null, text);
}

function plainEntry(file: LogFile, time: number | null, message: string): LogEntry {
  return { process: file.process, instance: file.instance, stream: file.stream ?? 'out', time, message, fields: null };
}

function jsonEntry(file: LogFile, text: string): LogEntry | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON: the caller takes the line as text.
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { time, process: _process, instance: _instance, stream, message, partial, ...own } = value as Record<string, unknown>;
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return {
    process: file.process,
    instance: file.instance,
    stream: stream === 'out' || stream === 'err' ? stream : (file.stream ?? 'out'),
    time: Number.isNaN(at) ? null : at,
    message: typeof message === 'string' ? `${message}${partial === true ? lineContinues : ''}` : message === undefined ? '' : JSON.stringify(message),
    fields: Object.keys(own).length === 0 ? null : own,
  };
}
