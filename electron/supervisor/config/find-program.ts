// Looks programs up as the operating system will, so that a missing one is found before anything is started.
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';

export interface SearchPlace {
  /** Value of PATH; entries are separated as the platform does. */
  readonly searchPath: string;
  /** Windows only: endings that make a file a program. */
  readonly endings: string;
  readonly platform: NodeJS.Platform;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** `own` is what the process adds to `inherited`, and wins. */
export function searchPlace(own: Variables, inherited: Variables, platform: NodeJS.Platform): SearchPlace {
  const isWindows = platform === 'win32';
  const lookUp = (name: string): string | undefined => variable(own, name, isWindows) ?? variable(inherited, name, isWindows);
  const searchPath = lookUp('PATH') ?? (isWindows ? '' : '/usr/local/bin:/usr/bin:/bin');
  return { searchPath, endings: isWindows ? (lookUp('PATHEXT') ?? '.COM;.EXE;.BAT;.CMD') : '', platform };
}

/** Windows does not tell `Path` from `PATH`. */
function variable(variables: Variables, name: string, isWindows: boolean): string | undefined {
  const key = isWindows ? Object.keys(variables).find((other) => other.toUpperCase() === name) : name;
  return key === undefined ? undefined : variables[key];
}

/** Asks the file system, once per question for as long as one config is loaded: many processes share a folder. */
export class ProgramFinder {
  readonly #found = new Map<string, Promise<string | null>>();
  readonly #kinds = new Map<string, Promise<FileKind>>();

  /** The absolute path of `name`, or null. */
  find(name: string, place: SearchPlace): Promise<string | null> {
    const key = `${place.searchPath}\0${name}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = search(name, place);
    this.#found.set(key, found);
    return found;
  }

  kind(file: string): Promise<FileKind> {
    const known = this.#kinds.get(file);
    if (known !== undefined) return known;
    const kind = kindOf(file);
    this.#kinds.set(file, kind);
    return kind;
  }
}

async function search(name: string, { searchPath, endings, platform }: SearchPlace): Promise<string | null> {
  const folders = searchPath.split(platform === 'win32' ? ';' : ':');
  for (const folder of folders) {
    for (const ending of ['', ...endings.split(';').filter((part) => part !== '')]) {
      // An empty entry would be the current folder (POSIX); what runs must not depend on it.
      const candidate = path.join(folder, `${name}${ending}`);
      if (folder !== '' && (await isExecutable(candidate))) return candidate;
    }
  }
  return null;
}

export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    // Missing or not permitted: either way it cannot be run.
    return false;
  }
}

export type FileKind = 'file' | 'folder' | 'other' | 'missing';

export async function kindOf(file: string): Promise<FileKind> {
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) return 'folder';
    return stats.isFile() ? 'file' : 'other';
  } catch {
    // Not there, or behind a folder that cannot be read: for the caller it is missing.
    return 'missing';
  }
}
