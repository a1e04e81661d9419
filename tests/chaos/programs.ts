// TSPM's programs for one run, with a clock that the run can set. The machine's own clock is left alone, and so are the services'.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the build that is tested by default. */
export const built = fileURLToPath(new URL('../../out/', import.meta.url));

/** Before a program's own code: `Date` reads how far the clock was set, at most every 100 ms. Timers and `performance` do not notice. */
const prologue = (file: string): string => `
(() => {
  const { readFileSync } = require('node:fs');
  const RealDate = Date;
  let ahead = 0, lookedAt = -Infinity;
  const now = () => {
    if (performance.now() - lookedAt > 100) {
      lookedAt = performance.now();
      try { ahead = Number(readFileSync(${JSON.stringify(file)}, 'utf8')) || 0; } catch {}
    }
    return RealDate.now() + ahead;
  };
  globalThis.Date = class Date extends RealDate {
    constructor(...args) { if (args.length === 0) super(now()); else super(...args); }
    static now() { return now(); }
  };
})();
`;

export interface Programs {
  readonly cli: string;
  readonly daemon: string;
  readonly shim: string;
  /** By so many ms from what it really is, for supervisor and shim. */
  setClock(byMs: number): void;
}

/** `from`: the folder of a build. */
export function installPrograms(folder: string, from: string): Programs {
  const clock = path.join(folder, 'clock');
  mkdirSync(folder);
  writeFileSync(clock, '0');
  for (const name of ['tspm.cjs', 'daemon.cjs', 'shim.cjs', 'preload.cjs']) cpSync(path.join(from, name), path.join(folder, name));
  for (const name of ['daemon.cjs', 'shim.cjs']) {
    const file = path.join(folder, name);
    const text = readFileSync(file, 'utf8');
    // A first line with #! stays the first.
    const first = text.startsWith('#!') ? text.slice(0, text.indexOf('\n') + 1) : '';
    writeFileSync(file, `${first}${prologue(clock)}${text.slice(first.length)}`);
  }
  return {
    cli: path.join(folder, 'tspm.cjs'),
    daemon: path.join(folder, 'daemon.cjs'),
    shim: path.join(folder, 'shim.cjs'),
    setClock: (byMs) => writeFileSync(clock, String(byMs)),
  };
}
