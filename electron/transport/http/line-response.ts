// An answer of JSON lines.
import type { ServerResponse } from 'node:http';
import type { FailureValue } from '../../../shared/model/failure.ts';
import { drained } from './drained.ts';
import { failureStatus } from './failure-status.ts';

export interface LineResponse {
  /** Resolves when the next line may be written; false: the caller has gone away. */
  write(line: object): Promise<boolean>;
  /** Writes when the caller keeps up, and drops the line otherwise. */
  offer(line: object): void;
  end(line: object): void;
  /** Of a failure that comes before any line: with its status. */
  fail(failure: FailureValue, line: object): void;
}

/** How long a caller that does not read keeps an answer that is complete. */
const lingerMs = 10_000;

export function createLineResponse(response: ServerResponse): LineResponse {
  const isGone = (): boolean => response.writableEnded || response.destroyed;

  function send(line: object, status = 200): boolean {
    if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    return response.write(`${JSON.stringify(line)}\n`);
  }

  function end(line: object, status = 200): void {
    if (isGone()) return;
    send(line, status);
    response.end();
    setTimeout(() => response.destroy(), lingerMs).unref();
  }

  return {
    async write(line) {
      if (isGone()) return false;
      if (!send(line)) await drained(response);
      return !isGone();
    },
    offer(line) {
      if (!isGone() && !response.writableNeedDrain) send(line);
    },
    end: (line) => end(line),
    fail: (failure, line) => end(line, failureStatus(failure)),
  };
}
