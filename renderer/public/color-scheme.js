// Runs before the first paint, so that a dark page never flashes white. A file of its own, because the page allows no inline script.
// The key is the one of renderer/host/preferences.ts.
(() => {
  let chosen = null;
  try {
    chosen = window.localStorage.getItem('tspm-color-scheme');
  } catch {
    // Storage is denied: the system's scheme holds.
  }
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  const scheme = chosen === 'light' || chosen === 'dark' ? chosen : dark ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
