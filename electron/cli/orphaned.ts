// npm runs a script in a shell of its own, and a SIGTERM to `npm start` ends that shell and goes no further. What the
// script started learns of it only by having another parent.

const lookMs = 250;

/** Calls `act` once when the parent of this process has ended. Windows keeps the number of a parent that is gone: never. */
export function whenOrphaned(act: () => void): { cancel(): void } {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, lookMs);
  timer.unref();
  return { cancel: () => clearInterval(timer) };
}
