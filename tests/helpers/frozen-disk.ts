// A file system that can be frozen, as a disk or a server that no longer answers: an ext4 image on a loop device.
import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export interface FrozenDisk {
  readonly folder: string;
  /** Whoever writes there waits in the kernel until `thaw`. */
  freeze(): void;
  thaw(): void;
}

/** null, with a printed reason, where that is not possible. */
export function freezableDisk(folder: string): FrozenDisk | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    console.log('skipped: not root');
    return null;
  }
  const image = path.join(folder, 'disk.img');
  const mounted = path.join(folder, 'frozen disk');
  const run = (command: string, ...argv: readonly string[]): unknown => execFileSync(command, argv, { stdio: 'ignore', env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` } });
  try {
    writeFileSync(image, '');
    truncateSync(image, 16 << 20);
    mkdirSync(mounted);
    run('mkfs.ext4', '-q', image);
    run('mount', '-o', 'loop', image, mounted);
  } catch {
    console.log('skipped: no loop device, or no right to mount it');
    return null;
  }
  let frozen = false;
  const thaw = (): void => {
    if (frozen) run('fsfreeze', '-u', mounted);
    frozen = false;
  };
  onTestFinished(() => {
    thaw();
    run('umount', '-l', mounted);
  });
  return {
    folder: mounted,
    freeze() {
      run('fsfreeze', '-f', mounted);
      frozen = true;
    },
    thaw,
  };
}
