// Heads as they are passed on: what the sender wrote, and what is to be said about this hop.
import type { RequestHead } from './request-head.ts';
import type { ResponseHead } from './response-head.ts';

/** The connection to an instance is kept anyway, so nothing is said about it. A client's own X-Forwarded-Proto and -Host stay. */
export function requestText(request: RequestHead, client: string, port: number): string {
  const { fields } = request;
  let text = `${request.method} ${request.target} HTTP/1.1\r\n`;
  // HTTP/1.1 demands one.
  if (fields.hosts === 0) text += `Host: ${request.host ?? `127.0.0.1:${port}`}\r\n`;
  text += `${fields.kept}X-Forwarded-For: ${fields.forwardedFor}${client}\r\n`;
  if (!fields.forwardedProto) text += 'X-Forwarded-Proto: http\r\n';
  if (!fields.forwardedHost && request.host !== null) text += `X-Forwarded-Host: ${request.host}\r\n`;
  if (fields.chunked) text += 'Transfer-Encoding: chunked\r\n';
  if (fields.trailers) text += 'TE: trailers\r\n';
  if (request.upgrades) return `${text}Upgrade: ${fields.upgrade}\r\nConnection: ${fields.trailers ? 'TE, ' : ''}Upgrade\r\n\r\n`;
  return `${text}${fields.trailers ? 'Connection: TE\r\n' : ''}\r\n`;
}

export interface ResponseManner {
  /** The client's connection ends with this response. */
  readonly close: boolean;
  /** The body goes on in chunks. */
  readonly chunked: boolean;
}

export function responseText({ status, line, fields }: ResponseHead, { close, chunked }: ResponseManner): string {
  let text = `HTTP/1.1 ${line}\r\n${fields.kept}`;
  if (chunked) text += 'Transfer-Encoding: chunked\r\n';
  // 426 says what the client should change to.
  const offers = status === 426 && fields.upgrade !== '';
  if (offers) text += `Upgrade: ${fields.upgrade}\r\n`;
  if (offers) text += 'Connection: Upgrade\r\n';
  if (close) text += 'Connection: close\r\n';
  return `${text}\r\n`;
}

/** 101: what comes next is the other protocol. */
export function switchText({ line, fields }: ResponseHead): string {
  return `HTTP/1.1 ${line}\r\n${fields.kept}Upgrade: ${fields.upgrade}\r\nConnection: Upgrade\r\n\r\n`;
}

/** An interim response such as 100 or 103. */
export function interimText({ line, fields }: ResponseHead): string {
  return `HTTP/1.1 ${line}\r\n${fields.kept}\r\n`;
}
