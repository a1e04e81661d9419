// What a person is told about things that are not theirs.
import { readFileSync } from 'node:fs';
import type { Obstacle } from './way.ts';

/** `user ada (uid 1001)`, or `the user with uid 1001` when nobody knows the name. */
export function describeUser(uid: number): string {
  const name = userName(uid);
  return name === null ? `the user with uid ${uid}` : `user ${name} (uid ${uid})`;
}

/** For `sudo -u`. */
export function sudoUser(uid: number): string {
  return userName(uid) ?? `'#${uid}'`;
}

export function describeObstacle({ kind, path, uid }: Obstacle): string {
  switch (kind) {
    case 'foreign-link':
      return `${path} is a symbolic link of ${describeUser(uid)}, who can make it lead elsewhere`;
    case 'foreign-folder':
      return `${path} belongs to ${describeUser(uid)}, who can replace what is in it`;
    case 'open-folder':
      return `${path} can be written by other users, who can replace what is in it (repair it with: chmod go-w ${shellWord(path)})`;
    case 'endless-links':
      return `${path} is part of a circle of symbolic links`;
  }
}

/** One word of a shell command, quoted where it has to be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./~-]+$/.test(text) && !text.startsWith('~') ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function userName(uid: number): string | null {
  try {
    for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
      const [name, , id] = line.split(':');
      if (id === String(uid) && name !== undefined && name !== '') return name;
    }
  } catch {
    // The number says it as well.
  }
  // Users of a directory service, and all of macOS, are not in that file.
  return null;
}
