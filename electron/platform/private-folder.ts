// A folder that only its owner can enter, held open. What is looked up in it is found in this very folder, whatever its
// path names by then: on Linux /proc/self/fd/<n>/<name> is what openat(2) is elsewhere.
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, unlinkSync, type Stats } from 'node:fs';
import path from 'node:path';

export class PrivateFolder {
  private constructor(
    readonly path: string,
    readonly fd: number,
  ) {}

  /** null unless `folder` is a folder itself (no link to one), belongs to this user and has the mode 0700. */
  static open(folder: string): PrivateFolder | null {
    try {
      const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
      if (isOurs(fstatSync(fd))) return new PrivateFolder(folder, fd);
      closeSync(fd);
    } catch {
      // It is not there, or it is something else: nothing that may be used.
    }
    return null;
  }

  /** The path of an entry. `fd`: the number that the folder has in the process that uses the path. */
  at(name: string, fd = this.fd): string {
    return process.platform === 'linux' ? `/proc/self/fd/${fd}/${name}` : path.join(this.path, name);
  }

  /** Removes those FIFOs of this user that have such a name. Throws the system error. */
  removeFifos(isKnown: (name: string) => boolean): void {
    const names = readdirSync(process.platform === 'linux' ? `/proc/self/fd/${this.fd}` : this.path);
    for (const name of names.filter(isKnown)) {
      const stats = lstatSync(this.at(name), { throwIfNoEntry: false });
      if (stats?.isFIFO() === true && stats.uid === process.getuid?.()) unlinkSync(this.at(name));
    }
  }

  close(): void {
    closeSync(this.fd);
  }
}

function isOurs(stats: Stats): boolean {
  return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o777) === 0o700;
}
