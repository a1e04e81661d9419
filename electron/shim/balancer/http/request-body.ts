// The body of a request on its way: how far it has come, and what was not sent yet or may have to be sent again to another instance.
import type { Body } from './body.ts';
import { requestBody } from './framing.ts';
import type { RequestHead } from './request-head.ts';

/** RFC 9110, 9.2.2: asking twice does no more than asking once. */
const idempotent: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);
/** Larger bodies are sent only once. */
const maxHeldBytes = 64 * 1024;

export class RequestBody {
  /** What is held, in latin1. */
  text = '';
  /** All that was sent of the request is still here, and may be sent again. */
  mayRepeat: boolean;
  hasBegun = false;
  private readonly body: Body;

  constructor({ method, fields }: RequestHead, maxTrailerBytes: number) {
    this.body = requestBody(fields, maxTrailerBytes);
    this.mayRepeat = idempotent.has(method);
  }

  get done(): boolean {
    return this.body.done;
  }

  /** Nothing more of it may be passed on. */
  get bad(): boolean {
    return this.body.bad;
  }

  /** `isSent`: it goes on its way at once, and is held only for another try. Gives the index after the last byte that belongs to it. */
  take(bytes: Buffer, from: number, to: number, isSent: boolean): number {
    const end = this.body.take(bytes, from, to);
    if (end === from) return end;
    this.hasBegun = true;
    if (!isSent || this.mayRepeat) this.text += bytes.toString('latin1', from, end);
    if (isSent) this.sent();
    return end;
  }

  /** All that came is on its way now. */
  sent(): void {
    if (!this.mayRepeat || this.text.length > maxHeldBytes) this.drop();
  }

  /** There will be no other try. */
  drop(): void {
    this.text = '';
    this.mayRepeat = false;
  }
}
