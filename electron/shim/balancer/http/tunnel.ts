// After 101: bytes of another protocol both ways, each of which ends on its own.
import { isBlocked, type Intake } from './intake.ts';
import type { Socket } from 'node:net';
import type { UpstreamConnection } from './upstream-connection.ts';

/** A client that vanished without a word is noticed after that, and the tries of the operating system. */
const keepAliveMs = 60_000;

export interface TunnelClient {
  readonly socket: Socket;
  readonly intake: Intake;
}

export class Tunnel {
  constructor(
    private readonly client: TunnelClient,
    private readonly upstream: UpstreamConnection,
  ) {
    client.socket.setKeepAlive(true, keepAliveMs);
  }

  fromClient(from: number, to: number): void {
    this.client.intake.pass(this.upstream.socket, from, to);
  }

  /** Gives false when reading has to wait for the client. */
  fromUpstream(length: number): boolean {
    this.upstream.intake.pass(this.client.socket, 0, length);
    return !isBlocked(this.client.socket);
  }

  clientEnded(): void {
    this.upstream.socket.end();
  }

  upstreamEnded(): void {
    this.client.socket.end();
  }

  /** One side is gone. What waits for the other one is still delivered, unless something broke. */
  over(failed: boolean): void {
    this.upstream.user = null;
    for (const socket of [this.client.socket, this.upstream.socket]) {
      if (failed) socket.destroy();
      else socket.destroySoon();
    }
  }
}
