// Which file system a path lies on, told by the kernel's table of mounts: asking for the file itself could take for ever.
import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Mount {
  readonly point: string;
  readonly device: string;
}

/** A table is read again after this time. */
const maxAgeMs = 100;

export class Mounts {
  private table: readonly Mount[] = [];
  private readAt = Number.NEGATIVE_INFINITY;

  /** `elapsed`: milliseconds of a clock that never jumps. */
  constructor(private readonly elapsed: () => number) {}

  /** An opaque name, the same for all paths of one file system. Links are not followed. */
  deviceOf(file: string): string {
    if (process.platform !== 'linux') return path.dirname(file);
    const now = this.elapsed();
    if (now - this.readAt >= maxAgeMs) {
      this.table = readMounts();
      this.readAt = now;
    }
    // Of two mounts on one folder the later hides the earlier.
    const holder = this.table.findLast(({ point }) => point === '/' || file === point || file.startsWith(`${point}/`));
    return holder?.device ?? '';
  }
}

/** The same name for a file that is open, by the `dev` of its stats (makedev(3) of glibc). */
export function deviceName(dev: number): string {
  const number = BigInt(dev);
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & ~0xfffn);
  const minor = (number & 0xffn) | ((number >> 12n) & ~0xffn & 0xffffffffn);
  return `${major}:${minor}`;
}

/** proc_pid_mountinfo(5): field 3 is the device, field 5 the mount point, in which blanks are octal numbers. */
function readMounts(): readonly Mount[] {
  let text: string;
  try {
    text = readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    // No /proc: everything counts as one file system.
    return [];
  }
  const mounts = text.split('\n').flatMap((line) => {
    const [, , device, , point] = line.split(' ');
    return device === undefined || point === undefined ? [] : [{ device, point: point.replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))) }];
  });
  // Longest last; the order of equals is kept.
  return mounts.sort((a, b) => a.point.length - b.point.length);
}
