// Reads a text file with the care a config deserves: bounded, regular files only, strict UTF-8.
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { constants } from 'node:fs';
import { errorCode, errorMessage } from '../../../shared/model/failure.ts';
import { showPath } from './printable.ts';

export const maxFileBytes = 1024 * 1024;

export type ReadResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string; readonly hint: string | null };

/** A byte order mark is dropped. Never throws: what is wrong comes back as a sentence about `file`. */
export async function readText(file: string): Promise<ReadResult> {
  try {
    // Non-blocking: opening a FIFO would otherwise wait for a writer for ever.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await handle.stat();
      if (stats.isDirectory()) return refuse(file, 'is a folder', 'give the path of a file');
      if (!stats.isFile()) return refuse(file, 'is not a regular file', null);
      if (stats.size > maxFileBytes) return refuse(file, `is larger than 1 MiB (${stats.size} bytes)`, 'is this the right file?');
      const bytes = await readAtMost(handle, maxFileBytes + 1, stats.size);
      if (bytes.length > maxFileBytes) return refuse(file, 'is larger than 1 MiB', 'is this the right file?');
      return decode(file, bytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return unreadable(file, error);
  }
}

/** The size is only a hint: the file may grow meanwhile, and files of /proc have none. */
async function readAtMost(handle: FileHandle, most: number, expected: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < most) {
    const chunk = Buffer.alloc(Math.min(most - length, Math.max(expected + 1 - length, 4096)));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
}

function decode(file: string, bytes: Uint8Array): ReadResult {
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    // Not UTF-8: the lossy decoder finds the line of the first bad byte.
    const lossy = new TextDecoder('utf-8').decode(bytes);
    const line = lossy.slice(0, lossy.indexOf('\ufffd')).split('\n').length;
    return refuse(file, `is not UTF-8 text (line ${line})`, 'save it as UTF-8');
  }
}

function unreadable(file: string, error: unknown): ReadResult {
  switch (errorCode(error)) {
    case 'ENOENT':
      return refuse(file, 'does not exist', null);
    case 'ENOTDIR':
      return refuse(file, 'does not exist: a part of its path is not a folder', null);
    case 'EISDIR':
      return refuse(file, 'is a folder', 'give the path of a file');
    case 'EACCES':
    case 'EPERM':
      return refuse(file, 'cannot be read: permission denied', null);
    case undefined:
    default:
      return refuse(file, `cannot be read: ${errorMessage(error)}`, null);
  }
}

function refuse(file: string, what: string, hint: string | null): ReadResult {
  return { ok: false, message: `${showPath(file)} ${what}`, hint };
}
