// The head of a request, read strictly (RFC 9112, 3).
import { readFields, type Fields } from './fields.ts';
import { Problem } from './problem.ts';
import { isTokenAt } from './tokens.ts';

/** Bytes above 127 are no good manners, but many programs send them, and nobody takes them for something else. */
const targetPattern = /^[\x21\x22\x24-\x7e\x80-\xff]+$/;
const absolutePattern = /^https?:\/\/([^/?]+)(.*)$/i;
/** RFC 3986, 3.2, without the user. */
const hostPattern = /^[A-Za-z0-9\-._~%!$&'()*+;=:[\]]*$/;

export interface RequestHead {
  readonly method: string;
  /** Begins with a slash, or is an asterisk. */
  readonly target: string;
  /** null when HTTP/1.0 says none. */
  readonly host: string | null;
  /** HTTP/1.0 knows neither chunks nor interim responses. */
  readonly old: boolean;
  /** The client wants to use its connection again. */
  readonly keepAlive: boolean;
  /** It asks for another protocol. */
  readonly upgrades: boolean;
  readonly fields: Fields;
}

/** `head` ends with an empty line, and every line feed in it follows a carriage return. */
export function readRequestHead(head: string): RequestHead | Problem {
  const methodEnd = head.indexOf(' ');
  const targetEnd = head.indexOf(' ', methodEnd + 1);
  if (methodEnd < 1 || targetEnd === -1 || !isTokenAt(head, 0, methodEnd)) return new Problem('no request line');
  const method = head.slice(0, methodEnd);
  const target = head.slice(methodEnd + 1, targetEnd);
  const version = head.slice(targetEnd + 1, targetEnd + 11);
  const old = version === 'HTTP/1.0\r\n';
  if (!old && version !== 'HTTP/1.1\r\n') return new Problem('a version other than HTTP/1.1 and HTTP/1.0');
  if (!targetPattern.test(target)) return new Problem('an invalid target');
  if (method === 'CONNECT') return new Problem('this is no proxy for CONNECT', 501);
  const fields = readFields(head, targetEnd + 11);
  if (fields instanceof Problem) return fields;
  if (fields.hosts > 1 || (fields.hosts === 0 && !old) || !hostPattern.test(fields.host)) return new Problem('not exactly one valid Host');
  if (old && fields.chunked) return new Problem('chunks in HTTP/1.0');
  const place = placeOf(method, target, fields);
  if (place instanceof Problem) return place;
  const hasBody = fields.chunked || (fields.contentLength ?? 0) > 0;
  return {
    method,
    target: place.target,
    host: place.host,
    old,
    keepAlive: !old && !fields.close,
    // What may ignore an Upgrade does so when bytes of a body could be taken for bytes of the other protocol.
    upgrades: !old && fields.upgrades && fields.upgrade !== '' && !hasBody,
    fields,
  };
}

function placeOf(method: string, target: string, fields: Fields): { readonly target: string; readonly host: string | null } | Problem {
  const host = fields.hosts === 0 ? null : fields.host;
  if (target.startsWith('/') || (target === '*' && method === 'OPTIONS')) return { target, host };
  const [, authority = '', path = ''] = absolutePattern.exec(target) ?? [];
  if (authority === '' || !hostPattern.test(authority)) return new Problem('an invalid target');
  // Which of two different hosts is meant, servers do not agree on.
  if (host !== null && host.toLowerCase() !== authority.toLowerCase()) return new Problem('a Host other than that of the target');
  return { target: path.startsWith('/') ? path : `/${path}`, host: authority };
}
