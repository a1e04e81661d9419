// The header fields of a request or response: what concerns this connection only is taken out, the rest stays as it came, byte for
// byte (RFC 9110, 7.6.1). Whatever two servers could understand differently is refused.
import { withoutNamed } from './named-fields.ts';
import { Problem } from './problem.ts';
import { forbiddenInHead, isTokenAt, listOf } from './tokens.ts';

const lineFeed = 10;
const space = 32;
const tab = 9;
/** Leaves room below 2^53. */
const lengthPattern = /^[0-9]{1,15}$/;

export class Fields {
  /** Whole lines, with their ends. */
  kept = '';
  contentLength: number | null = null;
  chunked = false;
  close = false;
  keepAlive = false;
  /** Connection names Upgrade. */
  upgrades = false;
  upgrade = '';
  /** TE allows trailers. */
  trailers = false;
  expects = false;
  hosts = 0;
  host = '';
  forwardedFor = '';
  forwardedProto = false;
  forwardedHost = false;
  /** From Keep-Alive: timeout=…; null when not said. */
  keepAliveSeconds: number | null = null;
  /** What Connection names beside the usual. */
  named: string[] = [];
}

/** `head` ends with an empty line, and every line feed in it follows a carriage return. The fields begin at `from`. */
export function readFields(head: string, from: number): Fields | Problem {
  if (forbiddenInHead.test(head)) return new Problem('a control character in the head');
  const fields = new Fields();
  const last = head.length - 2;
  let keptFrom = from;
  for (let at = from; at < last; ) {
    const lineEnd = head.indexOf('\r', at);
    if (head.charCodeAt(lineEnd + 1) !== lineFeed) return new Problem('a carriage return within a line');
    const colon = head.indexOf(':', at);
    if (colon === -1 || colon > lineEnd || !isTokenAt(head, at, colon)) return new Problem('a line that is no header field');
    const next = lineEnd + 2;
    if (mayMatter(colon - at)) {
      const verdict = take(fields, head.slice(at, colon).toLowerCase(), head, colon + 1, lineEnd);
      if (verdict instanceof Problem) return verdict;
      if (verdict === 'drop') {
        fields.kept += head.slice(keptFrom, at);
        keptFrom = next;
      }
    }
    at = next;
  }
  fields.kept += head.slice(keptFrom, last);
  if (fields.chunked && fields.contentLength !== null) return new Problem('both Content-Length and Transfer-Encoding');
  if (fields.named.length > 0) fields.kept = withoutNamed(fields.kept, fields.named);
  return fields;
}

/** By the length of a name: most need not be looked at more closely. */
function mayMatter(length: number): boolean {
  return length === 10 || length === 4 || length === 14 || length === 2 || length === 6 || length === 7 || (length >= 15 && length <= 17);
}

function take(fields: Fields, name: string, head: string, from: number, to: number): 'keep' | 'drop' | Problem {
  switch (name) {
    case 'host':
      fields.hosts += 1;
      fields.host = trimmed(head, from, to);
      return 'keep';
    case 'content-length': {
      const value = trimmed(head, from, to);
      if (fields.contentLength !== null || !lengthPattern.test(value)) return new Problem('a Content-Length that is no single number');
      fields.contentLength = Number(value);
      return 'keep';
    }
    case 'transfer-encoding':
      if (fields.chunked || trimmed(head, from, to).toLowerCase() !== 'chunked') return new Problem('a Transfer-Encoding other than chunked', 501);
      fields.chunked = true;
      return 'drop';
    case 'connection':
      takeConnection(fields, trimmed(head, from, to));
      return 'drop';
    case 'proxy-connection':
      return 'drop';
    case 'keep-alive':
      fields.keepAliveSeconds = secondsOf(trimmed(head, from, to));
      return 'drop';
    case 'te':
      if (listOf(head.slice(from, to)).includes('trailers')) fields.trailers = true;
      return 'drop';
    case 'upgrade':
      fields.upgrade += (fields.upgrade === '' ? '' : ', ') + trimmed(head, from, to);
      return 'drop';
    case 'expect':
      fields.expects = true;
      return 'keep';
    case 'x-forwarded-for':
      fields.forwardedFor += `${trimmed(head, from, to)}, `;
      return 'drop';
    case 'x-forwarded-proto':
      fields.forwardedProto = true;
      return 'keep';
    case 'x-forwarded-host':
      fields.forwardedHost = true;
      return 'keep';
    default:
      return 'keep';
  }
}

function takeConnection(fields: Fields, value: string): void {
  for (const option of listOf(value)) {
    if (option === 'close') fields.close = true;
    else if (option === 'keep-alive') fields.keepAlive = true;
    else if (option === 'upgrade') fields.upgrades = true;
    else fields.named.push(option);
  }
}

function secondsOf(value: string): number | null {
  const match = /(?:^|[,\s])timeout=([0-9]{1,6})/i.exec(value);
  return match === null ? null : Number(match[1]);
}

/** Without the blanks around it. */
export function trimmed(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === space || code === tab;
}
