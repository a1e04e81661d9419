// The words for a disk that refuses.
import { errorMessage } from '../../shared/model/failure.ts';

/** "no space left on device" out of Node's "ENOSPC: no space left on device, write". */
export function describeWriteError(error: unknown): string {
  const message = errorMessage(error);
  return /^[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? message;
}

export function lossNote(lines: number, bytes: number, reason: string): string {
  return `[tspm] ${lines} lines (${bytes} bytes) of output were lost: ${reason}`;
}
