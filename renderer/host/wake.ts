// What makes it likely that a try would succeed now: the tab is looked at again, or the machine has a network again.

export function onWake(listener: () => void): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') listener();
  });
  window.addEventListener('online', listener);
}
