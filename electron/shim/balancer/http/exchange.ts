// One request and its response: who serves it, what becomes of it when that one fails, and the book-keeping.
import type { BalancerLimits } from '../../../../shared/model/balancing.ts';
import type { Target } from '../target.ts';
import type { Business, BusyClient } from './business.ts';
import type { FrontContext } from './context.ts';
import { requestText, switchText } from './forwarded-head.ts';
import { isBlocked } from './intake.ts';
import type { RefusalStatus } from './problem.ts';
import { RequestBody } from './request-body.ts';
import type { RequestHead } from './request-head.ts';
import { ResponseFlow, type ResponseListener } from './response-flow.ts';
import type { ResponseHead } from './response-head.ts';
import { TargetSearch, type SearchListener } from './target-search.ts';
import { Tunnel } from './tunnel.ts';
import { UpstreamConnection, type UpstreamUser } from './upstream-connection.ts';

/** An instance that does not answer the handshake by then is stuck. */
const connectTimeoutMs = 5000;

export class Exchange implements Business, UpstreamUser, ResponseListener, SearchListener {
  readonly halfCloses = false;
  target: Target | null = null;
  private upstream: UpstreamConnection | null = null;
  private readonly body: RequestBody;
  private readonly flow: ResponseFlow;
  private readonly search: TargetSearch;
  private isOver = false;
  private keepsClient = false;
  private isReusable = false;
  private keepAliveSeconds: number | null = null;
  /** When the client's last byte came, or a connection was begun, by `clock.elapsed`. */
  private since: number;
  private readonly begunAt = performance.now();

  constructor(
    private readonly context: FrontContext,
    private readonly client: BusyClient,
    private readonly request: RequestHead,
    maxTrailerBytes: number,
  ) {
    this.body = new RequestBody(request, maxTrailerBytes);
    this.flow = new ResponseFlow(request, client.socket, this);
    this.search = new TargetSearch(context.pool, client.address, this);
    this.since = context.clock.elapsed();
  }

  get wantsBytes(): boolean {
    return !this.body.done;
  }

  get mayRead(): boolean {
    return this.body.done || (this.upstream !== null && this.upstream.isConnected && !isBlocked(this.upstream.socket));
  }

  /** `bytes` came with the head. Gives the index after the last one that belongs to the request. */
  start(bytes: Buffer, from: number, to: number): number {
    const end = this.body.take(bytes, from, to, false);
    if (this.body.bad) {
      this.refuse(400, 'a chunk that is none');
      return to;
    }
    this.search.next();
    return end;
  }

  fromClient(bytes: Buffer, from: number, to: number): number {
    const { upstream, body, client } = this;
    const isOpen = upstream?.isConnected === true;
    const end = body.take(bytes, from, to, isOpen);
    if (body.bad) {
      this.refuse(400, 'a chunk that is none');
      return to;
    }
    this.since = this.context.clock.elapsed();
    if (isOpen) client.intake.pass(upstream.socket, from, end);
    if (body.done) {
      client.intake.settle();
      if (this.flow.isComplete) this.finish();
    }
    return end;
  }

  clientEnded(): boolean {
    return this.body.done;
  }

  clientClosed(): void {
    this.end();
  }

  clientDrained(): void {
    this.upstream?.resume();
  }

  cut(): void {
    this.refuse(502, 'the instance was stopped');
  }

  check(now: number, { responseTimeoutMs, idleTimeoutMs }: BalancerLimits): void {
    const { upstream } = this;
    if (upstream === null) return;
    const elapsed = now - this.since;
    if (!upstream.isConnected) {
      if (elapsed >= connectTimeoutMs) this.lost();
    } else if (!this.body.done && !isBlocked(upstream.socket)) {
      if (idleTimeoutMs > 0 && elapsed >= idleTimeoutMs) this.refuse(408, 'the body did not come in time');
    } else if (!this.flow.isForwarded && responseTimeoutMs > 0 && elapsed >= responseTimeoutMs) {
      if (this.target !== null) this.context.pool.failed(this.target);
      this.refuse(504, 'the instance did not answer in time');
    }
  }

  connected(): void {
    const { upstream, request, body } = this;
    if (upstream === null) return;
    upstream.socket.write(requestText(request, this.client.address, upstream.target.port) + body.text, 'latin1');
    this.since = this.context.clock.elapsed();
    body.sent();
    if (!body.done) this.client.resume();
  }

  heard(bytes: Buffer, length: number): boolean {
    const { upstream } = this;
    return upstream !== null && this.flow.heard(bytes, length, upstream.intake);
  }

  drained(): void {
    this.client.resume();
  }

  ended(): void {
    if (!this.flow.ended()) this.lost();
  }

  closed(): void {
    this.lost();
  }

  answered(head: ResponseHead, endsByClose: boolean): boolean {
    const { clock } = this.context;
    this.target?.succeeded();
    this.target?.measured(performance.now() - this.begunAt, clock.elapsed());
    this.body.drop();
    this.isReusable = head.keepAlive;
    this.keepAliveSeconds = head.fields.keepAliveSeconds;
    // A client whose body is still to come may not send it after this response (RFC 9110, 10.1.1): what comes next would be unclear.
    this.keepsClient = this.request.keepAlive && !endsByClose && this.body.done && !this.context.isClosing;
    return !this.keepsClient;
  }

  switched(head: ResponseHead, bytes: Buffer, from: number, to: number): void {
    const { upstream, client } = this;
    if (upstream === null) return;
    this.answered(head, false);
    client.socket.write(switchText(head) + bytes.toString('latin1', from, to), 'latin1');
    const rest = client.takeRest();
    if (rest !== null) upstream.socket.write(rest);
    // What was begun is the tunnel's to end.
    this.isOver = true;
    this.upstream = null;
    client.goesOnWith(new Tunnel(client, upstream));
  }

  completed(clean: boolean): void {
    this.isReusable = this.isReusable && clean;
    // The instance may go on reading the request; when it closes instead, that is the end. Who waits for a 100 will not send any.
    const waits = this.request.fields.expects && !this.body.hasBegun;
    if (this.body.done || !this.isReusable || waits) this.finish();
  }

  broken(why: string): void {
    this.context.log(`${this.target?.id ?? 'an instance'} sent a response that cannot be passed on: ${why}`);
    if (this.target !== null) this.context.pool.failed(this.target);
    this.refuse(502, 'the response of the instance is not valid');
  }

  found(target: Target): void {
    this.target = target;
    target.began();
    const kept = this.context.upstreams.take(target, this.context.clock.elapsed());
    if (kept === null) {
      this.connect(target);
      return;
    }
    this.upstream = kept;
    kept.user = this;
    this.connected();
  }

  /** Refuses as far as that is still possible. */
  refuse(status: RefusalStatus, why: string): void {
    this.end();
    if (this.flow.isComplete) this.client.finished(false);
    else if (this.flow.isForwarded) this.client.destroy(this.flow.endsByClose);
    else this.client.refused({ status, why, close: !this.request.keepAlive || !this.body.done, withBody: this.request.method !== 'HEAD' });
  }

  private connect(target: Target): void {
    this.since = this.context.clock.elapsed();
    this.upstream = new UpstreamConnection(target);
    this.upstream.user = this;
  }

  /** The connection to the instance is gone, or never was. */
  private lost(): void {
    const { upstream, target, flow } = this;
    if (upstream === null || target === null) return;
    if (flow.isComplete) {
      this.finish();
      return;
    }
    if (upstream.isConnected && (flow.hasBegun || !this.body.mayRepeat)) {
      if (flow.hasBegun || !upstream.isReused) this.context.pool.failed(target);
      this.refuse(502, 'the instance broke off');
      return;
    }
    upstream.destroy();
    this.upstream = null;
    if (upstream.isReused && target.state === 'ready') {
      // It had closed the connection before it saw the request: no fault of its.
      this.connect(target);
      return;
    }
    this.target = null;
    target.handedOn();
    this.context.pool.failed(target);
    this.search.exclude(target);
    this.search.next();
  }

  private finish(): void {
    const { upstream } = this;
    if (upstream !== null && this.isReusable && this.body.done) {
      this.context.upstreams.giveBack(upstream, this.context.clock.elapsed(), this.keepAliveSeconds);
      this.upstream = null;
    }
    this.end();
    this.client.finished(this.keepsClient);
  }

  /** Counts the end, once, and takes from the instance what it still had to do. */
  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.search.cancel();
    this.upstream?.destroy();
    this.upstream = null;
    this.target?.ended();
  }
}
