// Hears of every child that begins: the child writes its pid and the time of its first act into a FIFO.
import { closeSync, constants, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { cleanEnvironment, output, until } from './command.ts';
import { temporaryFolder } from './manager.ts';

export interface Birth {
  readonly pid: number;
  /** CLOCK_MONOTONIC, which is also `process.hrtime`. */
  readonly atNs: bigint;
}

export interface BirthRegister {
  readonly fifo: string;
  /** The next child. Throws an Error when none comes. */
  next(): Promise<Birth>;
  close(): void;
}

export function openBirthRegister(): BirthRegister {
  const { folder, remove } = temporaryFolder();
  const fifo = path.join(folder, 'births');
  output('mkfifo', [fifo], cleanEnvironment({}));
  // Open for both, so that it never ends and no child waits for a reader.
  const descriptor = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
  const chunk = Buffer.alloc(4096);
  const births: Birth[] = [];
  const look = (): Birth | undefined => {
    if (births.length === 0) births.push(...readBirths(descriptor, chunk));
    return births.shift();
  };
  return {
    fifo,
    next: () => until('a child begins', look, 20_000),
    close() {
      closeSync(descriptor);
      remove();
    },
  };
}

function readBirths(descriptor: number, chunk: Buffer): readonly Birth[] {
  try {
    const text = chunk.toString('latin1', 0, readSync(descriptor, chunk));
    return text
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .map(([pid = '', atNs = '']) => ({ pid: Number(pid), atNs: BigInt(atNs) }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return [];
    throw error;
  }
}
