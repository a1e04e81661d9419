// Compresses rotated log files, one at a time for each file system and not at once: while output floods, a rotated file is
// often removed again before anybody needs it small.
import { constants } from 'node:fs';
import { open, rename, rm, unlink, type FileHandle } from 'node:fs/promises';
import type { Gzip } from 'node:zlib';
import type { Clock } from '../../shared/model/clock.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import type { Disk } from './disk.ts';

const blockBytes = 65_536;
/** The folder may be one where others write: nothing that they planted is opened. */
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const writeFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

/** A rotated file may get another number, or be removed, while it waits or is read. */
export interface CompressionJob {
  /** Calls `open` while nothing changes its number; null when it is gone. */
  open(open: (source: string) => Promise<FileHandle>): Promise<FileHandle | null>;
  readonly temporary: string;
  /** Calls `put` while nothing changes its number, unless it is gone. */
  replace(put: (source: string, target: string) => Promise<void>): Promise<void>;
}

export interface Compressor {
  add(job: CompressionJob): void;
  close(): void;
}

interface Waiting {
  readonly job: CompressionJob;
  readonly dueAt: number;
}

export function createCompressor(clock: Clock, delayMs: number, disk: Disk, log: (text: string) => void): Compressor {
  /** Of file systems that something is compressed on, by name: what waits there. */
  const queues = new Map<string, Waiting[]>();
  let closed = false;

  async function work(device: string, queue: Waiting[]): Promise<void> {
    for (let next = queue.shift(); next !== undefined && !closed; next = queue.shift()) {
      const { job, dueAt } = next;
      await new Promise<void>((resolve) => clock.after(Math.max(0, dueAt - clock.elapsed()), resolve));
      try {
        await compress(job);
      } catch (error) {
        log(`a rotated log stays uncompressed: ${errorMessage(error)}`);
      }
    }
    queues.delete(device);
  }

  /** The source is removed only when its compressed form is whole. */
  async function compress(job: CompressionJob): Promise<void> {
    const input = await job.open((source) => open(source, readFlags));
    if (input === null) return;
    try {
      await gzip(input, job.temporary, disk);
      if (closed) return;
      await job.replace(async (from, target) => {
        await rename(job.temporary, target);
        await unlink(from);
      });
    } finally {
      await disk.run(job.temporary, () => rm(job.temporary, { force: true }));
    }
  }

  return {
    add(job) {
      if (closed) return;
      const device = disk.deviceOf(job.temporary);
      const queue = queues.get(device);
      const waiting = { job, dueAt: clock.elapsed() + delayMs };
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      const fresh = [waiting];
      queues.set(device, fresh);
      void work(device, fresh);
    },
    close() {
      closed = true;
      for (const queue of queues.values()) queue.length = 0;
    },
  };
}

/**
 * Block by block through one buffer, because streams would leave as much garbage as there is log. The target gets the
 * times of the source, which is closed.
 */
async function gzip(input: FileHandle, target: string, disk: Disk): Promise<void> {
  const run = <Value>(operation: () => Promise<Value>): Promise<Value> => disk.run(target, operation);
  try {
    const output = await run(async () => {
      await rm(target, { force: true });
      return await open(target, writeFlags, 0o600);
    });
    try {
      const { createGzip } = await import('node:zlib');
      const block = Buffer.allocUnsafeSlow(blockBytes);
      const stream = createGzip();
      const failed = new Promise<never>((_, reject) => stream.once('error', reject));
      const compressed: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => compressed.push(chunk));
      for (let length = 1; length > 0; ) {
        length = (await run(() => input.read(block, 0, blockBytes, null))).bytesRead;
        await Promise.race([feed(stream, block.subarray(0, length)), failed]);
        for (const chunk of compressed.splice(0)) await writeFully(chunk, output, run);
      }
      const { atimeMs, mtimeMs } = await run(() => input.stat());
      await run(() => output.utimes(atimeMs / 1000, mtimeMs / 1000));
    } finally {
      await run(() => output.close());
    }
  } finally {
    await run(() => input.close());
  }
}

/** An empty block is the end. Resolves when the stream is done with the block. */
function feed(stream: Gzip, block: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (block.length > 0) {
      stream.write(block, () => resolve());
      return;
    }
    stream.once('end', () => resolve());
    stream.end();
  });
}

async function writeFully(bytes: Buffer, output: FileHandle, run: <Value>(operation: () => Promise<Value>) => Promise<Value>): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const from = written;
    written += (await run(() => output.write(bytes, from, bytes.length - from))).bytesWritten;
  }
}
