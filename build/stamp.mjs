// Whether a build is up to date: a stamp holds a hash of all inputs and of the sizes of all outputs.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Paths are files or folders, from the project's root on; the stamp's own file is in none of them. */
export function createStamp(root, { file, inputs, outputs }) {
  const stampFile = path.join(root, file);
  const contents = () => digest(root, inputs, (name) => readFileSync(name));
  const sizes = () => digest(root, outputs, (name) => String(statSync(name).size));
  let begun = '';
  return {
    isFresh: () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === `${contents()} ${sizes()}`,
    /** Call it first: an interrupted build, or one whose sources change meanwhile, is not fresh. */
    begin() {
      rmSync(stampFile, { force: true });
      begun = contents();
    },
    end() {
      mkdirSync(path.dirname(stampFile), { recursive: true });
      writeFileSync(stampFile, `${begun} ${sizes()}`);
    },
  };
}

function digest(root, names, look) {
  const hash = createHash('sha256');
  for (const name of filesOf(root, names)) {
    const seen = look(path.join(root, name));
    hash.update(`${name}\0${seen.length}\0`).update(seen);
  }
  return hash.digest('hex');
}

function filesOf(root, names) {
  return names.flatMap((name) => {
    const found = statSync(path.join(root, name), { throwIfNoEntry: false });
    if (found === undefined) return [];
    return found.isDirectory() ? filesOf(root, readdirSync(path.join(root, name)).sort().map((entry) => `${name}/${entry}`)) : [name];
  });
}
