// What the npm package `electron` says of itself: whether its program has been fetched, and which Node it needs to fetch it.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** null when there is no such package in `folder`. */
export function electronPackage(folder) {
  const about = read(folder, 'package.json');
  if (about === null) return null;
  const { version, engines } = JSON.parse(about);
  return {
    folder,
    version,
    major: version.split('.')[0],
    /** Its oldest Node as [major, minor]. */
    oldestNode: (/>=\s*(\d+)\.(\d+)/.exec(engines?.node ?? '')?.slice(1) ?? [0, 0]).map(Number),
    /** null when it was not fetched, not to the end, or is another version's. The rules are those of its own install.js. */
    program() {
      const name = read(folder, 'path.txt');
      const elsewhere = process.env.ELECTRON_OVERRIDE_DIST_PATH;
      if (elsewhere) return existing(path.join(elsewhere, name ?? 'electron'));
      // It is the last file that is written.
      if (name === null || read(folder, 'dist/version')?.replace(/^v/, '').trim() !== version) return null;
      return existing(path.join(folder, 'dist', name));
    },
  };
}

function existing(file) {
  return existsSync(file) ? file : null;
}

function read(folder, name) {
  try {
    return readFileSync(path.join(folder, name), 'utf8');
  } catch {
    return null;
  }
}
