// The json format: one object per line, {"time","process","instance","stream","message"}.
// A line that is itself a JSON object with at least one field keeps its fields instead of `message`:
// {"time","process","instance","stream", ...its fields}; a field of it named time, process, instance or stream
// is kept as `app.time`, `app.process`, … because those four are always TSPM's own.
// Bytes that are no UTF-8 become U+FFFD. A carriage return before the newline is dropped.
import { isUtf8 } from 'node:buffer';
import type { LogTarget } from '../../shared/model/shim-protocol.ts';
import type { Encoder, OutputName } from './log-encoder.ts';
import { toBytes } from './log-scratch.ts';

const ownFields: ReadonlySet<string> = new Set(['time', 'process', 'instance', 'stream']);
/** What RFC 8259 wants escaped, but for the newline that ends the line. */
const mustEscape = /["\\\u0000-\u0009\u000b-\u001f]/;
const everyEscape = new RegExp(mustEscape.source, 'g');

export function jsonEncoder(target: Pick<LogTarget, 'process' | 'instance'>, stream: OutputName, now: () => number): Encoder {
  const identity = `"process":${latin1Json(target.process)},"instance":${target.instance},"stream":"${stream}"`;
  const ownPart = (): string => `{"time":"${new Date(now()).toISOString()}",${identity}`;
  const message = (bytes: Buffer, more: string): Buffer => toBytes(`${ownPart()},"message":"${escape(readable(bytes))}"${more}}\n`);

  return {
    lines(bytes) {
      const text = readable(bytes.subarray(0, bytes.length - 1)).replaceAll('\r\n', '\n');
      const own = ownPart();
      const head = `${own},"message":"`;
      if (text.startsWith('{') || text.includes('\n{')) {
        return toBytes(text.split('\n').map((line) => applicationFields(own, line) ?? `${head}${escape(trimReturn(line))}"}\n`).join(''));
      }
      return toBytes(`${head}${escape(trimReturn(text)).replaceAll('\n', `"}\n${head}`)}"}\n`);
    },
    piece: (bytes) => message(bytes, ',"partial":true'),
    note: (text) => message(Buffer.from(text), ''),
  };
}

/** The line of a program that writes JSON objects itself, or null when it is anything else. */
function applicationFields(own: string, line: string): string | null {
  if (!line.startsWith('{') || !line.trimEnd().endsWith('}')) return null;
  const fields = parseObject(line);
  if (fields === null) return null;
  const names = Object.keys(fields);
  if (names.length === 0) return null;
  // Kept letter by letter when it can be: numbers of any length stay what they are.
  if (!names.some((name) => ownFields.has(name))) return `${own},${line.trimEnd().slice(1)}\n`;
  const renamed = Object.fromEntries(Object.entries(fields).map(([name, value]) => [ownFields.has(name) ? `app.${name}` : name, value]));
  // `line` is bytes in disguise, and so are the strings inside it: stringify leaves them as they are.
  return `${own},${JSON.stringify(renamed).slice(1)}\n`;
}

function parseObject(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    // Looks like an object but is none: an ordinary line.
    return null;
  }
}

function readable(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('latin1') : Buffer.from(bytes.toString('utf8')).toString('latin1');
}

function escape(text: string): string {
  return mustEscape.test(text) ? text.replace(everyEscape, (character) => JSON.stringify(character).slice(1, -1)) : text;
}

function trimReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** JSON of a text as bytes in disguise, like everything else here. */
function latin1Json(text: string): string {
  return Buffer.from(JSON.stringify(text)).toString('latin1');
}
