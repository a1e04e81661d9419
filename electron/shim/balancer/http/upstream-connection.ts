// One connection to an instance. It serves one request at a time, and waits for the next in between.
import { createConnection, type Socket } from 'node:net';
import type { Target } from '../target.ts';
import { Intake } from './intake.ts';

/** Who uses the connection right now. */
export interface UpstreamUser {
  connected(): void;
  /** Gives false to stop reading; `resume` goes on. */
  heard(bytes: Buffer, length: number): boolean;
  drained(): void;
  /** The instance sends nothing more. */
  ended(): void;
  /** `failed`: because of an error. */
  closed(failed: boolean): void;
}

export class UpstreamConnection {
  readonly socket: Socket;
  readonly intake: Intake;
  user: UpstreamUser | null = null;
  isConnected = false;
  /** It has served a request before: the instance may have closed it without our knowing yet. */
  isReused = false;
  /** Milliseconds since the epoch: not to be used from then on. */
  staleAt = 0;
  /** While nobody uses it: it said something unasked, or ended. */
  whenUseless: (() => void) | null = null;

  constructor(readonly target: Target) {
    this.intake = new Intake((bytes, length) => this.heard(bytes, length));
    this.socket = createConnection({ host: '127.0.0.1', port: target.port, allowHalfOpen: true, noDelay: true, onread: this.intake.options });
    this.socket.on('connect', () => {
      this.isConnected = true;
      this.user?.connected();
    });
    this.socket.on('drain', () => this.user?.drained());
    this.socket.on('end', () => {
      if (this.user === null) this.useless();
      else this.user.ended();
    });
    // 'close' follows and says that there was one.
    this.socket.on('error', () => undefined);
    this.socket.on('close', (failed) => {
      if (this.user === null) this.useless();
      else this.user.closed(failed);
    });
  }

  resume(): void {
    this.socket.read(0);
  }

  /** Nobody hears of it any more. */
  destroy(): void {
    this.user = null;
    this.socket.destroy();
  }

  private heard(bytes: Buffer, length: number): boolean {
    if (this.user !== null) return this.user.heard(bytes, length);
    this.useless();
    return false;
  }

  private useless(): void {
    this.whenUseless?.();
    this.destroy();
  }
}
