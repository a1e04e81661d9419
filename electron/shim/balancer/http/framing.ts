// Which body follows a head (RFC 9112, 6.3).
import { BodyUntilClose, LengthBody, noBody, type Body } from './body.ts';
import { ChunkedBody } from './chunked-body.ts';
import type { Fields } from './fields.ts';
import type { ResponseHead } from './response-head.ts';

/** A request without framing has no body. Trailers longer than `maxTrailerBytes` are bad. */
export function requestBody(fields: Fields, maxTrailerBytes: number): Body {
  if (fields.chunked) return new ChunkedBody(maxTrailerBytes);
  return lengthBody(fields.contentLength ?? 0);
}

export function responseBody(method: string, { status, fields }: ResponseHead, maxTrailerBytes: number): Body {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return noBody;
  if (fields.chunked) return new ChunkedBody(maxTrailerBytes);
  return fields.contentLength === null ? new BodyUntilClose() : lengthBody(fields.contentLength);
}

function lengthBody(length: number): Body {
  return length === 0 ? noBody : new LengthBody(length);
}
