// After 101: bytes of another protocol both ways, each of which ends on its own.
import type { Business, BusyClient } from './business.ts';
import { isBlocked } from './intake.ts';
import type { UpstreamConnection, UpstreamUser } from './upstream-connection.ts';

/** A client that vanished without a word is noticed after that, and the tries of the operating system. */
const keepAliveMs = 60_000;

export class Tunnel implements Business, UpstreamUser {
  readonly wantsBytes = true;
  readonly halfCloses = true;
  private isOver = false;

  constructor(
    private readonly client: BusyClient,
    private readonly upstream: UpstreamConnection,
  ) {
    upstream.user = this;
    client.socket.setNoDelay(true);
    client.socket.setKeepAlive(true, keepAliveMs);
  }

  get target() {
    return this.isOver ? null : this.upstream.target;
  }

  get mayRead(): boolean {
    return !isBlocked(this.upstream.socket);
  }

  fromClient(_bytes: Buffer, from: number, to: number): number {
    if (!this.isOver) this.client.intake.pass(this.upstream.socket, from, to);
    return to;
  }

  heard(_bytes: Buffer, length: number): boolean {
    this.upstream.intake.pass(this.client.socket, 0, length);
    return !isBlocked(this.client.socket);
  }

  drained(): void {
    this.client.resume();
  }

  clientDrained(): void {
    this.upstream.resume();
  }

  clientEnded(): boolean {
    this.upstream.socket.end();
    return true;
  }

  ended(): void {
    this.client.socket.end();
  }

  clientClosed(failed: boolean): void {
    this.end(failed);
  }

  closed(failed: boolean): void {
    this.end(failed);
  }

  cut(): void {
    this.end(true);
  }

  /** Other protocols may be silent for as long as they like. */
  check(): void {}

  connected(): void {}

  /** One side is gone. What waits for the other one is still delivered, unless something broke. */
  private end(failed: boolean): void {
    if (this.isOver) return;
    this.isOver = true;
    this.upstream.user = null;
    for (const socket of [this.client.socket, this.upstream.socket]) {
      if (failed) socket.destroy();
      else socket.destroySoon();
    }
    this.upstream.target.ended();
  }
}
