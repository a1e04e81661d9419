// Gets a version of Node from the npm registry, once, into the project's folder .node/.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [platform, program] = process.platform === 'win32' ? ['win', 'bin/node.exe'] : [process.platform, 'bin/node'];

/** `version` is one, or the beginning of one: 24, 22.12. Gives the program's path. Throws with what npm says when it cannot be had. */
export function fetchNode(version) {
  const name = `node-${platform}-${process.arch}`;
  const folder = path.join(root, '.node', version);
  const node = path.join(folder, 'node_modules', name, program);
  if (existsSync(node)) return node;
  process.stdout.write(`fetching ${name}@${version} …\n`);
  const { status, stderr } = spawnSync('npm', ['install', '--prefix', folder, '--no-save', '--no-package-lock', '--ignore-scripts', '--loglevel=error', `${name}@${version}`], { encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0 || !existsSync(node)) throw new Error(`npm has no ${name}@${version}: run the tests with a Node that you have installed instead.\n${stderr}`);
  return node;
}
