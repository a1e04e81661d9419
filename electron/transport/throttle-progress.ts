// Progress is for someone who watches: the newest at most every 50 ms, and none for whoever reads slowly.
import type { CommandContext } from '../../shared/contract/commands.ts';
import type { Progress } from '../../shared/contract/outcomes.ts';

const intervalMs = 50;

/** `send` gives what it is told to the caller, or drops it. Nothing is sent any more after the abort. */
export function throttleProgress(signal: AbortSignal, send: (progress: Progress) => void): CommandContext['progress'] {
  let latest: Progress | null = null;
  let timer: NodeJS.Timeout | null = null;
  signal.addEventListener('abort', () => clearTimeout(timer ?? undefined), { once: true });
  return (progress) => {
    latest = progress;
    if (signal.aborted) return;
    timer ??= setTimeout(() => {
      timer = null;
      if (latest !== null) send(latest);
    }, intervalMs);
  };
}
