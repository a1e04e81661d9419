// The way of one response from an instance to a client: the head is read, judged and written anew, the body passed on as it comes.
import type { Socket } from 'node:net';
import { BodyUntilClose, type Body } from './body.ts';
import { ChunkedBody } from './chunked-body.ts';
import { interimText, responseText } from './forwarded-head.ts';
import { responseBody } from './framing.ts';
import { findHeadEnd, incomplete } from './head-end.ts';
import { copyOf, joined } from './held-bytes.ts';
import { isBlocked, type Intake } from './intake.ts';
import { Problem } from './problem.ts';
import type { RequestHead } from './request-head.ts';
import { readResponseHead, type ResponseHead } from './response-head.ts';

/** Instances are trusted with more than clients: some set many cookies. */
const maxResponseHeadBytes = 64 * 1024;
const maxTrailerBytes = 16 * 1024;

export interface ResponseListener {
  /** The final head is there. Gives whether the client's connection ends with this response. */
  answered(head: ResponseHead, endsByClose: boolean): boolean;
  /** 101. The bytes from `from` to `to` are of the other protocol. */
  switched(head: ResponseHead, bytes: Buffer, from: number, to: number): void;
  /** All of it is on its way. `clean`: the instance sent nothing beyond it. */
  completed(clean: boolean): void;
  /** It cannot be passed on, or not further. */
  broken(why: string): void;
}

export class ResponseFlow {
  /** The instance sent at least one byte. */
  hasBegun = false;
  /** Part of the final response went to the client. */
  isForwarded = false;
  isComplete = false;
  /** The client takes the end of its connection for the end of the body. */
  endsByClose = false;
  private body: Body | null = null;
  private partial: Buffer | null = null;
  /** The client does not know chunks: it gets what is in them. */
  private unwraps = false;
  /** What was in the chunks just read. */
  private content = '';

  constructor(
    private readonly request: RequestHead,
    private readonly client: Socket,
    private readonly listener: ResponseListener,
  ) {}

  /** Gives false when nothing more should be read until the client has taken what is there. */
  heard(bytes: Buffer, length: number, intake: Intake): boolean {
    this.hasBegun = true;
    if (this.body === null) return this.readHeads(bytes, length);
    const end = this.take(this.body, bytes, 0, length);
    if (this.body.bad) return this.broken('a chunk that is none');
    if (this.unwraps) this.client.write(this.content, 'latin1');
    else intake.pass(this.client, 0, end);
    return this.afterBytes(end === length);
  }

  /** The instance closed its side. Gives false when the response was not complete. */
  ended(): boolean {
    if (!(this.body instanceof BodyUntilClose)) return false;
    this.complete(false);
    return true;
  }

  private readHeads(read: Buffer, length: number): boolean {
    let [bytes, to, known] = [read, length, 0];
    if (this.partial !== null) {
      known = this.partial.length;
      bytes = joined(this.partial, read, 0, length);
      to = bytes.length;
      this.partial = null;
    }
    for (let from = 0; from < to; known = 0) {
      const end = findHeadEnd(bytes, from, to, known);
      if (end === incomplete && to - from <= maxResponseHeadBytes) {
        this.partial = copyOf(bytes, from, to);
        return true;
      }
      if (end < 0 || end - from > maxResponseHeadBytes) return this.broken(end === incomplete ? 'a head that is too large' : 'a line feed on its own');
      const head = readResponseHead(bytes.toString('latin1', from, end));
      if (head instanceof Problem) return this.broken(head.why);
      if (head.status === 101) return this.switched(head, bytes, end, to);
      if (head.status >= 200) return this.begin(head, bytes, end, to);
      if (!this.request.old) this.writeMore(interimText(head));
      from = end;
    }
    return true;
  }

  private switched(head: ResponseHead, bytes: Buffer, from: number, to: number): boolean {
    if (!this.request.upgrades || head.fields.upgrade === '') return this.broken('101 although nobody asked for it');
    this.isForwarded = true;
    this.listener.switched(head, bytes, from, to);
    return !isBlocked(this.client);
  }

  private begin(head: ResponseHead, bytes: Buffer, from: number, to: number): boolean {
    const body = responseBody(this.request.method, head, maxTrailerBytes);
    this.body = body;
    this.unwraps = this.request.old && body instanceof ChunkedBody;
    this.endsByClose = this.unwraps || body instanceof BodyUntilClose;
    const end = this.take(body, bytes, from, to);
    if (body.bad) return this.broken('a chunk that is none');
    const close = this.listener.answered(head, this.endsByClose);
    this.isForwarded = true;
    // A 204 has no body, whatever it says (RFC 9112, 6.1).
    const chunked = head.fields.chunked && !this.request.old && head.status !== 204;
    const text = responseText(head, { close, chunked }) + (this.unwraps ? this.content : bytes.toString('latin1', from, end));
    if (body.done) this.client.write(text, 'latin1');
    else this.writeMore(text);
    return this.afterBytes(end === to);
  }

  /** Writes what is followed by more, and is not to wait for it. */
  private writeMore(text: string): void {
    this.client.setNoDelay(true);
    this.client.write(text, 'latin1');
  }

  private take(body: Body, bytes: Buffer, from: number, to: number): number {
    this.content = '';
    if (this.unwraps && body instanceof ChunkedBody) body.onData = (start, end) => (this.content += bytes.toString('latin1', start, end));
    return body.take(bytes, from, to);
  }

  private afterBytes(clean: boolean): boolean {
    if (this.body?.done === true) {
      this.complete(clean);
      return true;
    }
    return !isBlocked(this.client);
  }

  private complete(clean: boolean): void {
    this.isComplete = true;
    this.listener.completed(clean);
  }

  private broken(why: string): false {
    this.listener.broken(why);
    return false;
  }
}
