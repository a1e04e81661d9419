// Two sockets joined byte for byte. Each direction ends on its own (half-close); an error of one ends both. A side that reads
// slowly stops the other from being read.
import type { OnReadOpts, Socket } from 'node:net';

const areaBytes = 65_536;

/** All reads of this process go in here; what is written is a copy, because a write may take longer than the next read. */
const area = Buffer.allocUnsafeSlow(areaBytes);

export class Splice {
  private client: Socket | null = null;
  private upstream: Socket | null = null;
  private onEnd: () => void = () => undefined;
  /** For the sockets' `onread`: they have to be made with it. */
  readonly clientReads: OnReadOpts = { buffer: area, callback: (length) => pass(length, this.client, this.upstream) };
  readonly upstreamReads: OnReadOpts = { buffer: area, callback: (length) => pass(length, this.upstream, this.client) };

  /** Begins to read both. `onEnd` is called once, when both are closed. */
  begin(client: Socket, upstream: Socket, onEnd: () => void): void {
    this.client = client;
    this.upstream = upstream;
    this.onEnd = onEnd;
    client.setNoDelay(true);
    this.follow(client, upstream);
    this.follow(upstream, client);
    client.resume();
    upstream.resume();
  }

  destroy(): void {
    this.client?.destroy();
    this.upstream?.destroy();
  }

  private follow(from: Socket, to: Socket): void {
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', (hadError) => {
      if (hadError || !from.readableEnded) to.destroy();
      if (to.destroyed) this.finish();
    });
  }

  private finish(): void {
    const { onEnd } = this;
    this.onEnd = () => undefined;
    onEnd();
  }
}

/** False stops the reading. */
function pass(length: number, from: Socket | null, to: Socket | null): boolean {
  if (from === null || to === null) return false;
  if (to.write(Buffer.from(area.subarray(0, length)))) return true;
  to.once('drain', () => from.resume());
  return false;
}
