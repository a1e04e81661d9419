import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startCommand, starterOf } from '../../../electron/platform/starter.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

/** As Homebrew and nvm have it: versions in folders of their own, links to the one of now on the PATH. */
async function machine() {
  const root = await temporaryFolder();
  const at = (...parts: readonly string[]): string => path.join(root, ...parts);
  const install = (version: string): void => {
    for (const folder of [at(version, 'bin'), at(version, 'tspm')]) mkdirSync(folder, { recursive: true });
    for (const file of [at(version, 'bin', 'node'), at(version, 'tspm', 'tspm.cjs'), at(version, 'tspm', 'daemon.cjs')]) {
      writeFileSync(file, '');
      chmodSync(file, 0o755);
    }
  };
  const link = (version: string): void => {
    mkdirSync(at('bin'), { recursive: true });
    for (const [name, target] of [['node', at(version, 'bin', 'node')], ['tspm', at(version, 'tspm', 'tspm.cjs')]] as const) {
      rmSync(at('bin', name), { force: true });
      symlinkSync(target, at('bin', name));
    }
  };
  install('22');
  link('22');
  const environment = { PATH: `${at('nowhere')}:${at('bin')}` };
  const flags = ['--max-semi-space-size=1', '--disable-sigusr1'];
  const starter = starterOf([...flags, at('22', 'tspm', 'daemon.cjs')], environment, at('22', 'bin', 'node'));
  if (starter === null) throw new Error('there is a script');
  return { at, install, link, environment, flags, starter };
}

it('starts what it was told while that is there', async () => {
  const { at, environment, flags, starter } = await machine();
  expect(starter).toEqual({ runtimes: [at('22', 'bin', 'node'), at('bin', 'node')], script: at('22', 'tspm', 'daemon.cjs'), flags, asNode: false });
  expect(startCommand(starter, environment)).toEqual({ runtime: at('22', 'bin', 'node'), args: [...flags, at('22', 'tspm', 'daemon.cjs')] });
});

it('goes on with what stands in its place after an upgrade, without what another runtime may not know', async () => {
  const { at, install, link, environment, starter } = await machine();
  install('24');
  link('24');
  rmSync(at('22'), { recursive: true });
  expect(startCommand(starter, environment)).toEqual({ runtime: at('bin', 'node'), args: ['--max-semi-space-size=1', at('24', 'tspm', 'daemon.cjs')] });
});

it('says when nothing is left', async () => {
  const { at, environment, starter } = await machine();
  rmSync(at('22'), { recursive: true });
  expect(startCommand(starter, environment)).toBeNull();
  expect(starterOf([], environment)).toBeNull();
});
