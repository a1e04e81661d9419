// `online` means ready: a process with a port is not online before the port accepts, any other not before minUptime.
import { createConnection } from 'node:net';
import type { Clock, Timer } from '../../../shared/model/clock.ts';

const firstPauseMs = 5;
const longestPauseMs = 250;

/** Calls `ready` when the process has lived for `minUptimeMs` since `startedAt`. */
export function watchUptime(clock: Clock, startedAt: number, minUptimeMs: number, ready: () => void): Timer {
  return clock.after(Math.max(0, startedAt + minUptimeMs - clock.now()), ready);
}

/** Tries the port, with growing pauses, until it accepts (`ready`) or `timeoutMs` is over (`failed`). */
export function watchPort(clock: Clock, port: number, timeoutMs: number, ready: () => void, failed: () => void): Timer {
  let pauseMs = firstPauseMs;
  let next: Timer | null = null;
  let cancelled = false;
  const deadline = clock.after(timeoutMs, () => {
    stop();
    failed();
  });
  const stop = (): void => {
    cancelled = true;
    next?.cancel();
    deadline.cancel();
  };
  const attempt = (): void => {
    void portAccepts(port).then((accepts) => {
      if (cancelled) return;
      if (accepts) {
        stop();
        ready();
        return;
      }
      next = clock.after(pauseMs, attempt);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    });
  };
  attempt();
  return { cancel: stop };
}

/** A service may listen on either family, or on both. */
async function portAccepts(port: number): Promise<boolean> {
  return (await connects(port, '127.0.0.1')) || (await connects(port, '::1'));
}

function connects(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host });
    const finish = (accepts: boolean): void => {
      socket.destroy();
      resolve(accepts);
    };
    socket.setTimeout(1000, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
