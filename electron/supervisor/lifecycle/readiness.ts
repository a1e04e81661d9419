// `online` means ready: a process with a port is not online before the port accepts, any other not before it has lived
// for minUptime and has stopped working at its start. A program that fails does so while it starts.
import { createConnection } from 'node:net';
import type { Activity } from '../../platform/process-activity.ts';
import type { Clock, Timer } from '../../../shared/model/clock.ts';

const firstPauseMs = 5;
const longestPauseMs = 250;
/** Between two looks at a process that starts: several ticks of the kernel's CPU clock. */
const bootPauseMs = 50;
/** CPU time between two looks that is no work: one tick may be a rounded-up moment. */
const quietTicks = 1;
/** A service that is always at work is online after this all the same. */
const longestBootMs = 1000;

/**
 * Calls `ready` when the process has lived for `minUptimeMs` since `since` (by `clock.elapsed`) and is quiet: it has had hardly any CPU time
 * since the last look and wants none now. `look` gives null where that cannot be told; then the time alone decides.
 */
export function watchUptime(clock: Clock, since: number, minUptimeMs: number, look: () => Promise<Activity | null>, ready: () => void): Timer {
  let cancelled = false;
  let ticksBefore = 0;
  let next = clock.after(Math.max(0, since + minUptimeMs - clock.elapsed()), () => void check());
  const check = async (): Promise<void> => {
    // What cannot be told is left to the time.
    const activity = await look().catch(() => null);
    if (cancelled) return;
    const quiet = activity === null || (!activity.running && activity.cpuTicks - ticksBefore <= quietTicks);
    if (quiet || clock.elapsed() - since >= Math.max(longestBootMs, minUptimeMs)) {
      ready();
      return;
    }
    ticksBefore = activity.cpuTicks;
    next = clock.after(bootPauseMs, () => void check());
  };
  return {
    cancel() {
      cancelled = true;
      next.cancel();
    },
  };
}

/** Waits for word from the program itself; `subscribe` calls back with each. */
export function watchWord(clock: Clock, timeoutMs: number, subscribe: (look: () => void) => void, said: () => boolean, ready: () => void, failed: () => void): Timer {
  let open = true;
  const close = (): void => {
    open = false;
    deadline.cancel();
  };
  const deadline = clock.after(timeoutMs, () => {
    close();
    failed();
  });
  subscribe(() => {
    if (!open || !said()) return;
    close();
    ready();
  });
  return { cancel: close };
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
    void portAccepts(port).catch(() => false).then((accepts) => {
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
export async function portAccepts(port: number): Promise<boolean> {
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
