// Tests that need a desktop's parts: run where they are, and say in one line why not where they are missing.
import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { chromiumFile, dbusDaemonFile } from '../../helpers/tools.ts';

export function desktopSuite(name: string, tests: () => void): void {
  const missing = missingForStandIn();
  if (missing !== null) console.log(`skipped: ${name}: ${missing}`);
  describe.skipIf(missing !== null)(name, tests);
}

/** Null when everything is there. */
function missingForStandIn(): string | null {
  if (process.platform !== 'linux') return 'the stand-in publishes tray and notifications over D-Bus, which only Linux has';
  const missing = [chromiumFile, dbusDaemonFile].filter((file) => !existsSync(file));
  return missing.length === 0 ? null : `${missing.join(' and ')} missing (Debian's packages chromium and dbus)`;
}
