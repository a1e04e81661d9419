// The package as `npm install -g` gets it: packed, installed into a folder of its own without a network, and run from there.
import { execFile } from 'node:child_process';
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import { cliHome } from '../helpers/cli-home.ts';

const run = promisify(execFile);

it('installs itself and nothing else, and runs', async () => {
  const home = await cliHome();
  const npm = (...argv: readonly string[]) => run('npm', [...argv], { env: { ...home.env, npm_config_cache: path.join(home.folder, 'cache') }, shell: process.platform === 'win32' });
  const packed = await npm('pack', '--json', '--ignore-scripts', '--pack-destination', home.folder);
  const [{ filename, files }] = JSON.parse(packed.stdout) as [{ filename: string; files: readonly { path: string }[] }];
  expect(files.map((file) => file.path).filter((file) => !/^(out|resources)\/|^(LICENSE|README\.md|package\.json)$/.test(file))).toEqual([]);
  expect(files.map((file) => file.path)).toContain('out/THIRD-PARTY-NOTICES.txt');

  const prefix = path.join(home.folder, 'prefix');
  const installed = await npm('install', '-g', '--prefix', prefix, '--offline', '--no-audit', '--no-fund', path.join(home.folder, filename));
  expect(installed.stderr).toBe('');
  const modules = path.join(prefix, process.platform === 'win32' ? 'node_modules' : 'lib/node_modules');
  expect(await readdir(modules)).toEqual(['tspm']);
  await expect(access(path.join(modules, 'tspm/node_modules'))).rejects.toMatchObject({ code: 'ENOENT' });

  const tspm = async (...argv: readonly string[]): Promise<string> => (await run(process.execPath, [path.join(modules, 'tspm/out/tspm.cjs'), ...argv], { cwd: home.folder, env: home.env })).stdout;
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  expect(await tspm('version')).toBe(`${version}\n`);
  await home.write('tick.js', 'setInterval(() => {}, 1000);');
  await tspm('start', 'tick.js');
  expect(JSON.parse(await tspm('--json', 'list'))).toMatchObject([{ name: 'tick', state: 'online' }] satisfies Partial<ProcessSnapshot>[]);
  expect(await tspm('kill')).toContain('1 service stopped');
}, 120_000);
