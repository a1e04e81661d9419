// Decodes one HTTP/1.1 response (RFC 9112) as it arrives. Loading node:http costs a short command more time than
// everything else it does, and an answer of our own engine needs little of it.
import { Failure } from '../../../shared/model/failure.ts';

/** A header section longer than this is not from our engine. */
const maxHeadBytes = 16 * 1024;

type Body =
  | { readonly kind: 'until-close' }
  | { readonly kind: 'length'; remaining: number }
  | { readonly kind: 'chunked'; remaining: number; phase: 'size' | 'data' | 'data-end' | 'trailer' };

export interface ResponseDecoder {
  /** The field of this name, in small letters; null until the head has arrived, and without one. */
  header(name: string): string | null;
  /** 0 until the status line has arrived. */
  readonly status: number;
  /** True when the body is complete; a body without a length is complete when the connection closes. */
  readonly complete: boolean;
  /** Takes the next bytes and returns the part of the body in them. Throws a Failure when they are not HTTP/1.1. */
  push(bytes: Buffer): Buffer;
  /** The connection was closed; true when nothing is missing. */
  close(): boolean;
}

export function createResponseDecoder(): ResponseDecoder {
  let pending: Buffer = Buffer.alloc(0);
  let status = 0;
  let body: Body | null = null;
  let complete = false;
  let head: ReadonlyMap<string, string> = new Map();

  function readHead(): boolean {
    const end = pending.indexOf('\r\n\r\n');
    if (end < 0) {
      if (pending.length > maxHeadBytes) throw notHttp();
      return false;
    }
    const [statusLine = '', ...fields] = pending.toString('latin1', 0, end).split('\r\n');
    pending = pending.subarray(end + 4);
    const match = /^HTTP\/1\.[01] (\d{3})/.exec(statusLine);
    if (match === null) throw notHttp();
    status = Number(match[1]);
    // RFC 9110, 15.2: an interim response comes before the real one.
    if (status < 200) return readHead();
    head = new Map(fields.map(splitField));
    body = bodyOf(head);
    if (body.kind === 'length' && body.remaining === 0) complete = true;
    return true;
  }

  function take(bytes: number): Buffer {
    const part = pending.subarray(0, bytes);
    pending = pending.subarray(part.length);
    return part;
  }

  function takeLine(): string | null {
    const end = pending.indexOf('\r\n');
    if (end < 0) {
      if (pending.length > maxHeadBytes) throw notHttp();
      return null;
    }
    return take(end + 2).toString('latin1', 0, end);
  }

  function readChunks(chunked: Extract<Body, { kind: 'chunked' }>): Buffer {
    const parts: Buffer[] = [];
    while (!complete) {
      if (chunked.phase === 'data') {
        const part = take(chunked.remaining);
        chunked.remaining -= part.length;
        if (part.length > 0) parts.push(part);
        if (chunked.remaining > 0) break;
        chunked.phase = 'data-end';
      }
      const line = takeLine();
      if (line === null) break;
      if (chunked.phase === 'data-end') {
        chunked.phase = 'size';
      } else if (chunked.phase === 'size') {
        const size = /^[0-9a-fA-F]{1,8}/.exec(line);
        if (size === null) throw notHttp();
        chunked.remaining = Number.parseInt(size[0], 16);
        chunked.phase = chunked.remaining === 0 ? 'trailer' : 'data';
      } else if (line === '') {
        complete = true;
      }
    }
    return Buffer.concat(parts);
  }

  return {
    header: (name) => head.get(name) ?? null,
    get status() {
      return status;
    },
    get complete() {
      return complete;
    },
    push(bytes) {
      pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
      if (body === null && !readHead()) return Buffer.alloc(0);
      if (body === null || complete) return Buffer.alloc(0);
      if (body.kind === 'chunked') return readChunks(body);
      if (body.kind === 'until-close') return take(pending.length);
      const part = take(body.remaining);
      body.remaining -= part.length;
      complete = body.remaining === 0;
      return part;
    },
    close() {
      if (body?.kind === 'until-close') complete = true;
      return complete;
    },
  };
}

function splitField(field: string): readonly [string, string] {
  const colon = field.indexOf(':');
  return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
}

function bodyOf(head: ReadonlyMap<string, string>): Body {
  if (head.get('transfer-encoding')?.toLowerCase().endsWith('chunked') === true) return { kind: 'chunked', remaining: 0, phase: 'size' };
  const length = head.get('content-length') ?? '';
  return /^\d+$/.test(length) ? { kind: 'length', remaining: Number(length) } : { kind: 'until-close' };
}

function notHttp(): Failure {
  return new Failure('protocol-mismatch', 'what listens on the control socket does not speak HTTP/1.1: is it a TSPM engine?');
}
