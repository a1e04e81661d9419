// Waits for a caller that reads slowly, and lets go of one that does not read at all.
import type { ServerResponse } from 'node:http';

const stalledMs = 60_000;

/** Resolves when more may be written, or when the caller has gone or was let go of. */
export function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const stalled = setTimeout(() => response.destroy(), stalledMs);
    const go = (): void => {
      clearTimeout(stalled);
      response.off('drain', go);
      response.off('close', go);
      resolve();
    };
    response.on('drain', go);
    response.on('close', go);
  });
}
