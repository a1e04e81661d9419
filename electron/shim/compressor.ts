// Compresses rotated log files, one at a time for the whole shim and not at once: while output floods, a rotated file
// is often removed again before anybody needs it small.
import { closeSync, openSync, readSync, renameSync, rmSync, statSync, unlinkSync, utimesSync, writeSync } from 'node:fs';
import type { Clock } from '../../shared/model/clock.ts';
import { errorMessage } from '../../shared/model/failure.ts';

const blockBytes = 65_536;

/** A rotated file may get another number, or be removed, while it waits or is read: it is asked for its path each time. */
export interface CompressionJob {
  /** null when the file is gone. */
  path(): string | null;
  readonly temporary: string;
  /** The file is `${path()}.gz` now. */
  done(): void;
}

export interface Compressor {
  add(job: CompressionJob): void;
  close(): void;
}

export function createCompressor(clock: Clock, delayMs: number, log: (text: string) => void): Compressor {
  const waiting: { readonly job: CompressionJob; readonly dueAt: number }[] = [];
  let busy = false;
  let closed = false;

  function next(): void {
    const first = waiting[0];
    if (busy || closed || first === undefined) return;
    busy = true;
    clock.after(Math.max(0, first.dueAt - clock.elapsed()), () => {
      waiting.shift();
      compress(first.job)
        .catch((error: unknown) => log(`a rotated log stays uncompressed: ${errorMessage(error)}`))
        .finally(() => {
          busy = false;
          next();
        });
    });
  }

  /** The source is removed only when its compressed form is whole; both renames happen in one turn with the check. */
  async function compress(job: CompressionJob): Promise<void> {
    const source = job.path();
    if (source === null || closed) return;
    try {
      const { atimeMs, mtimeMs } = statSync(source);
      await gzip(source, job.temporary);
      const path = closed ? null : job.path();
      if (path === null) return;
      utimesSync(job.temporary, atimeMs / 1000, mtimeMs / 1000);
      renameSync(job.temporary, `${path}.gz`);
      unlinkSync(path);
      job.done();
    } finally {
      rmSync(job.temporary, { force: true });
    }
  }

  return {
    add(job) {
      if (closed) return;
      waiting.push({ job, dueAt: clock.elapsed() + delayMs });
      next();
    },
    close() {
      closed = true;
      waiting.length = 0;
    },
  };
}

/**
 * Block by block through one buffer, because streams would leave as much garbage as there is log. The descriptor is
 * opened at once, so that a later rename of the source does not matter.
 */
async function gzip(source: string, target: string): Promise<void> {
  const input = openSync(source, 'r');
  let output: number | null = null;
  try {
    const { createGzip } = await import('node:zlib');
    const fd = (output = openSync(target, 'w', 0o600));
    const stream = createGzip();
    const block = Buffer.allocUnsafeSlow(blockBytes);
    await new Promise<void>((resolve, reject) => {
      const feed = (error?: Error | null): void => {
        if (error) return reject(error);
        const length = readSync(input, block, 0, blockBytes, null);
        if (length === 0) stream.end();
        else stream.write(block.subarray(0, length), guarded(feed));
      };
      // What throws inside a callback (a full disk) must end the promise, not the process.
      const guarded = <Value>(action: (value: Value) => void) => (value: Value): void => {
        try {
          action(value);
        } catch (error) {
          stream.destroy(error instanceof Error ? error : new Error(String(error)));
        }
      };
      stream.on('error', reject);
      stream.on('data', guarded((chunk: Buffer) => writeFully(fd, chunk)));
      stream.on('end', resolve);
      feed();
    });
  } finally {
    closeSync(input);
    if (output !== null) closeSync(output);
  }
}

function writeFully(fd: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(fd, bytes, written, bytes.length - written);
}
