// The parts of the pages that are loaded when they are needed, and ahead of it as soon as the browser has nothing better to do: after
// that no part is missing when the engine has gone.
import { lazy } from 'react';

const loaders = {
  palette: () => import('./palette/command-palette.tsx'),
  help: () => import('./shortcut-help.tsx'),
  process: () => import('../features/process/process-page.tsx'),
  chart: () => import('../components/charts/usage-chart.tsx'),
} as const;

export const CommandPalette = lazy(loaders.palette);
export const ShortcutHelp = lazy(loaders.help);
/** A page about one process; most of what it needs is loaded with it. */
export const ProcessPage = lazy(loaders.process);

/** One after the other, each when the browser is idle. */
export async function loadAhead(): Promise<void> {
  for (const load of Object.values(loaders)) {
    await idle();
    // What cannot be loaded is told by `watchMissingParts`.
    await load().catch(() => undefined);
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has it since 2025 only.
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: 2000 });
    else setTimeout(resolve, 200);
  });
}
