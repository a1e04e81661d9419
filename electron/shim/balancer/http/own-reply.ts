// Responses that the balancer gives itself.
import { reasons, type RefusalStatus } from './problem.ts';

export interface OwnReply {
  readonly status: RefusalStatus;
  /** One sentence for a person. */
  readonly why: string;
  readonly close: boolean;
  /** A response to HEAD has none. */
  readonly withBody: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export function ownReply({ status, why, close, withBody, now }: OwnReply): string {
  const body = `${status} ${reasons[status]}: ${why}\n`;
  const retry = status === 503 ? 'Retry-After: 1\r\n' : '';
  const connection = close ? 'Connection: close\r\n' : '';
  const head = `HTTP/1.1 ${status} ${reasons[status]}\r\nDate: ${new Date(now).toUTCString()}\r\nContent-Type: text/plain\r\n`;
  return `${head}Content-Length: ${body.length}\r\n${retry}${connection}\r\n${withBody ? body : ''}`;
}
