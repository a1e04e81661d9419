// Gets a version of Node from the npm registry, once, into the project's folder .node/.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [platform, program] = process.platform === 'win32' ? ['win', 'bin/node.exe'] : [process.platform, 'bin/node'];

const name = `node-${platform}-${process.arch}`;

const folderOf = (version) => path.join(root, '.node', version);

/** Where the program is once it was fetched. `version` is one, or the beginning of one: 24, 22.12. */
export const nodeFile = (version) => path.join(folderOf(version), 'node_modules', name, program);

/** Gives the program's path. Throws with what npm says when it cannot be had. */
export function fetchNode(version) {
  const node = nodeFile(version);
  if (existsSync(node)) return node;
  process.stdout.write(`fetching ${name}@${version} …\n`);
  const { status, stderr } = spawnSync('npm', ['install', '--prefix', folderOf(version), '--no-save', '--no-package-lock', '--ignore-scripts', '--loglevel=error', `${name}@${version}`], { encoding: 'utf8', shell: process.platform === 'win32', timeout: 300_000 });
  if (status !== 0 || !existsSync(node)) throw new Error(`npm has no ${name}@${version}: run the tests with a Node that you have installed instead.\n${stderr ?? ''}`);
  return node;
}
