// Reads what became of the writer's lines and counts those that are whole, torn and lost.
import { closeSync, openSync, readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';

export type Wrapping = 'plain' | 'timestamps' | 'json';

export interface LineCheck {
  /** Numbers that stand whole nowhere. */
  readonly lost: number;
  /** Lines of the file that are not exactly one whole record. */
  readonly torn: number;
}

const payloadLength = 99;
const chunkBytes = 1 << 20;
const fillers = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index).repeat(payloadLength - 11));
const anyPayload = /@(\d{10})([a-z])\2{87}(?![a-z])/g;
/** What TSPM and PM2 put around a line. */
const records: Readonly<Record<Wrapping, { readonly before: RegExp; readonly after: RegExp }>> = {
  plain: { before: /^$/, after: /^$/ },
  timestamps: { before: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}Z |: )$/, after: /^$/ },
  json: { before: /^\{.*"message":"$/, after: /^(\\n)?"[^\n]*\}$/ },
};

export function checkLines(files: readonly string[], wrapping: Wrapping, count: number): LineCheck {
  const seen = new Uint8Array(count);
  let torn = 0;
  const take = (line: string): void => {
    if (isRecord(line, wrapping, seen)) return;
    torn += 1;
    for (const [, number] of line.matchAll(anyPayload)) mark(seen, Number(number));
  };
  for (const file of files) eachLine(file, take);
  return { lost: seen.reduce((lost, one) => lost - one, count), torn };
}

function isRecord(line: string, wrapping: Wrapping, seen: Uint8Array): boolean {
  const at = line.indexOf('@');
  if (at === -1) return false;
  const digits = line.slice(at + 1, at + 11);
  const number = Number(digits);
  if (!Number.isInteger(number) || line.slice(at + 11, at + payloadLength) !== fillers[number % 26]) return false;
  const { before, after } = records[wrapping];
  if (!before.test(line.slice(0, at)) || !after.test(line.slice(at + payloadLength))) return false;
  return mark(seen, number);
}

/** False for a number that was seen before or never written. */
function mark(seen: Uint8Array, number: number): boolean {
  if (seen[number] !== 0) return false;
  seen[number] = 1;
  return true;
}

function eachLine(file: string, take: (line: string) => void): void {
  let rest = '';
  const feed = (text: string): void => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  };
  if (file.endsWith('.gz')) {
    feed(gunzipSync(readFileSync(file)).toString('latin1'));
  } else {
    const handle = openSync(file, 'r');
    const chunk = Buffer.alloc(chunkBytes);
    for (let size = readSync(handle, chunk); size > 0; size = readSync(handle, chunk)) feed(chunk.toString('latin1', 0, size));
    closeSync(handle);
  }
  if (rest !== '') take(rest);
}
