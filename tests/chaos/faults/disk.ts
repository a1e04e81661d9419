// The home's disk is full, or can only be read.
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { mount, unmount, type World } from '../world.ts';
import { pause, type Fault } from './fault.ts';

const missing = ({ hasDisk }: World): string | null => (hasDisk ? null : 'the home is on no disk of its own (only root may mount one)');

export const disk: readonly Fault[] = [
  {
    name: 'full disk',
    weight: 3,
    missing,
    async run({ history, paths }, random) {
      const ms = random.between(500, 4000);
      const over = history.begin(`full disk for ${ms} ms`, { excuses: ['lines'], tailMs: 5000 });
      const filler = openFiller(path.join(paths.home, 'chaos-filler'));
      if (filler !== null) {
        fill(filler);
        await pause(ms);
        // By its descriptor: the disk may be read-only by now.
        ftruncateSync(filler, 0);
        closeSync(filler);
      }
      over();
    },
  },
  {
    name: 'read-only disk',
    weight: 2,
    missing,
    async run({ history, paths }, random) {
      const ms = random.between(500, 4000);
      const over = history.begin(`read-only disk for ${ms} ms`, { excuses: ['lines'], tailMs: 5000 });
      // Over the home: what is open goes on, everything that is opened from now on cannot be written.
      const isMounted = mount('--bind', paths.home, paths.home);
      try {
        if (isMounted && mount('-o', 'remount,bind,ro', paths.home)) await pause(ms);
      } finally {
        if (isMounted) unmount(paths.home);
        over();
      }
    },
  },
];

/** null while the disk is read-only. */
function openFiller(file: string): number | null {
  try {
    return openSync(file, 'w', 0o600);
  } catch {
    return null;
  }
}

function fill(handle: number): void {
  // Large parts first, so that hardly a byte is left.
  for (const bytes of [1 << 20, 1 << 12, 1]) {
    const part = Buffer.alloc(bytes);
    while (canWrite(handle, part));
  }
}

function canWrite(handle: number, part: Buffer): boolean {
  try {
    return writeSync(handle, part) === part.length;
  } catch {
    return false;
  }
}
