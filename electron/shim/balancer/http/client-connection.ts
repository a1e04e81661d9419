// One connection of a client: its requests are read one after the other, and each becomes an exchange.
import type { Socket } from 'node:net';
import type { BalancerLimits } from '../../../../shared/model/balancing.ts';
import { socketOf, type RawConnection } from '../../../platform/raw-connection.ts';
import type { Target } from '../target.ts';
import type { Business, BusyClient, Refusal } from './business.ts';
import type { FrontContext } from './context.ts';
import { Exchange } from './exchange.ts';
import { brokenLine, findHeadEnd, incomplete, skipEmptyLines } from './head-end.ts';
import { copyOf, joined } from './held-bytes.ts';
import { Intake, isBlocked } from './intake.ts';
import { ownReply } from './own-reply.ts';
import { Problem } from './problem.ts';
import { readRequestHead } from './request-head.ts';

/** After the last response the client may still be sending; were it cut off, it could lose the response (RFC 9112, 9.6). */
const lingerMs = 2000;
/** A client that ended its side may only have finished sending, or be gone: the network does not tell. */
const goneAfterMs = 2000;

export class ClientConnection implements BusyClient {
  readonly socket: Socket;
  readonly intake: Intake;
  private business: Business | null = null;
  /** The beginning of a head, when the rest has not come. */
  private partial: Buffer | null = null;
  /** What was sent behind the request that is being served. While there is any, nothing more is read. */
  private rest: Buffer | null = null;
  private isPaused = false;
  private isConsuming = false;
  private isClosing = false;
  private hasEnded = false;
  /** Since when it is idle or closing; after the client's end: since when no byte went to it. By `clock.elapsed`, as all times here. */
  private since: number;
  /** 0 when no head has begun. */
  private headSince = 0;
  /** Since when it takes nothing of what waits for it; 0 when nothing waits. */
  private blockedSince = 0;
  private writtenBefore = 0;

  constructor(
    private readonly context: FrontContext,
    connection: RawConnection,
    readonly address: string,
    whenClosed: (client: ClientConnection) => void,
  ) {
    this.since = context.clock.elapsed();
    this.intake = new Intake((bytes, length) => this.heard(bytes, length));
    this.socket = socketOf(connection, { onread: this.intake.options });
    this.socket.on('drain', () => {
      this.blockedSince = 0;
      this.business?.clientDrained();
    });
    this.socket.on('end', () => this.ended());
    // 'close' follows and says that there was one.
    this.socket.on('error', () => undefined);
    this.socket.on('close', (failed) => {
      this.isClosing = true;
      this.business?.clientClosed(failed);
      this.business = null;
      whenClosed(this);
    });
    this.socket.read(0);
  }

  /** Whom its request was given to. */
  get target(): Target | null {
    return this.business?.target ?? null;
  }

  cut(): void {
    this.business?.cut();
  }

  /** It may ask for something at any time. */
  get isIdle(): boolean {
    return this.business === null && !this.isClosing;
  }

  /** `before`: it must have been idle since then, by the monotonic clock. */
  closeWhenIdle(before = Number.POSITIVE_INFINITY): void {
    if (this.isIdle && this.headSince === 0 && this.since <= before) this.close();
  }

  takeRest(): Buffer | null {
    const { rest } = this;
    this.rest = null;
    return rest;
  }

  resume(): void {
    if (!this.isPaused || !this.mayRead()) return;
    this.isPaused = false;
    this.socket.read(0);
  }

  goesOnWith(business: Business): void {
    this.business = business;
    this.resume();
  }

  finished(keepAlive: boolean): void {
    this.business = null;
    if (!keepAlive || this.context.isClosing || (this.hasEnded && this.rest === null)) {
      this.close();
      return;
    }
    this.since = this.context.clock.elapsed();
    // Only from the second write on does it matter; connections with a single one are spared the call.
    this.socket.setNoDelay(true);
    if (this.isConsuming) return;
    const rest = this.takeRest();
    if (rest !== null) this.consume(rest, rest.length);
    this.resume();
  }

  refused(refusal: Refusal): void {
    const now = this.context.clock.now();
    const close = refusal.close || this.context.isClosing;
    this.socket.write(ownReply({ ...refusal, close, now }), 'latin1');
    this.finished(!close);
  }

  destroy(reset: boolean): void {
    this.isClosing = true;
    this.business?.clientClosed(true);
    this.business = null;
    if (reset) this.socket.resetAndDestroy();
    else this.socket.destroy();
  }

  /** Called about once a second. */
  check(now: number, limits: BalancerLimits): void {
    const { headTimeoutMs, idleTimeoutMs } = limits;
    if (this.isBlockedFor(now, idleTimeoutMs)) this.destroy(true);
    else if (this.isClosing) this.checkClosing(now, idleTimeoutMs);
    else if (this.business !== null) this.checkBusiness(this.business, now, limits);
    else if (this.headSince > 0) {
      if (headTimeoutMs > 0 && now - this.headSince >= headTimeoutMs) this.refuse(new Problem('the head did not come in time', 408));
    } else if (idleTimeoutMs > 0 && now - this.since >= idleTimeoutMs) this.close();
  }

  private isBlockedFor(now: number, limitMs: number): boolean {
    if (!isBlocked(this.socket)) return false;
    if (this.blockedSince === 0) this.blockedSince = now;
    return limitMs > 0 && now - this.blockedSince >= limitMs;
  }

  private checkClosing(now: number, idleTimeoutMs: number): void {
    const limitMs = this.socket.writableFinished ? lingerMs : idleTimeoutMs;
    if (limitMs > 0 && now - this.since >= limitMs) this.socket.destroy();
  }

  private checkBusiness(business: Business, now: number, limits: BalancerLimits): void {
    business.check(now, limits);
    if (!this.hasEnded || business.halfCloses) return;
    const { bytesWritten } = this.socket;
    if (bytesWritten !== this.writtenBefore) {
      this.writtenBefore = bytesWritten;
      this.since = now;
    } else if (now - this.since >= goneAfterMs) {
      this.socket.destroy();
    }
  }

  private heard(bytes: Buffer, length: number): boolean {
    // What comes after the end is of no use to anybody.
    if (this.isClosing) return true;
    this.consume(bytes, length);
    if (this.isClosing || this.mayRead()) return true;
    this.isPaused = true;
    return false;
  }

  private mayRead(): boolean {
    return this.isClosing || (this.rest === null && (this.business === null || this.business.mayRead));
  }

  private consume(read: Buffer, length: number): void {
    let [bytes, to, known] = [read, length, 0];
    if (this.partial !== null) {
      known = this.partial.length;
      bytes = joined(this.partial, read, 0, length);
      to = bytes.length;
      this.partial = null;
    }
    this.isConsuming = true;
    for (let from = 0; from < to && !this.isClosing; known = 0) {
      if (this.business === null) {
        from = this.readHead(bytes, from, to, known);
      } else if (this.business.wantsBytes) {
        from = this.business.fromClient(bytes, from, to);
      } else {
        this.rest = copyOf(bytes, from, to);
        from = to;
      }
    }
    this.isConsuming = false;
  }

  /** Gives the index after the last byte that was used. */
  private readHead(bytes: Buffer, from: number, to: number, known: number): number {
    const start = skipEmptyLines(bytes, from, to);
    if (start === to) return to;
    const { maxHeadBytes } = this.context.limits();
    const end = findHeadEnd(bytes, start, to, known);
    if (end === brokenLine) return this.refuse(new Problem('a line feed on its own'), to);
    if ((end === incomplete ? to : end) - start > maxHeadBytes) return this.refuse(new Problem(`the head is larger than ${maxHeadBytes} bytes`, 431), to);
    if (end === incomplete) {
      this.partial = copyOf(bytes, start, to);
      if (this.headSince === 0) this.headSince = this.context.clock.elapsed();
      return to;
    }
    this.headSince = 0;
    const request = readRequestHead(bytes.toString('latin1', start, end));
    if (request instanceof Problem) return this.refuse(request, to);
    const begun = new Exchange(this.context, this, request, maxHeadBytes);
    this.business = begun;
    return begun.start(bytes, end, to);
  }

  private refuse({ status, why }: Problem, index = 0): number {
    this.partial = null;
    this.refused({ status, why, close: true, withBody: true });
    return index;
  }

  private ended(): void {
    this.hasEnded = true;
    if (this.isClosing) return;
    if (this.business === null) {
      this.close();
    } else if (this.business.clientEnded()) {
      this.since = this.context.clock.elapsed();
    } else {
      this.destroy(false);
    }
  }

  /** Ends the connection once what waits has been written. */
  private close(): void {
    this.isClosing = true;
    this.partial = null;
    this.rest = null;
    this.since = this.context.clock.elapsed();
    this.socket.end();
    if (this.isPaused) {
      this.isPaused = false;
      this.socket.read(0);
    }
  }
}
