import { chmodSync, linkSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { homePaths, prepareHome } from '../../../../electron/platform/home.ts';
import { checkHome } from '../../../../electron/platform/trust/check-home.ts';
import type { HomePaths } from '../../../../shared/model/home.ts';
import { giveToStranger, runAsStranger, testWithStranger } from '../../../helpers/as-user.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';

async function ownHome(): Promise<HomePaths> {
  const root = await temporaryFolder();
  chmodSync(root, 0o755);
  const paths = homePaths({ TSPM_HOME: path.join(root, 'home') });
  await prepareHome(paths);
  return paths;
}

const refusal = (paths: HomePaths, command?: readonly string[]): string => {
  try {
    checkHome(paths, command);
    return '';
  } catch (error) {
    expect(error).toMatchObject({ code: 'engine-unreachable', data: { kind: 'denied' } });
    return (error as Error).message;
  }
};

test('where a home is needs TSPM_HOME or HOME', () => {
  for (const env of [{}, { HOME: '' }, { HOME: '', TSPM_HOME: '' }, { HOME: 'ada' }]) expect(() => homePaths(env)).toThrow(/^HOME .*Set HOME to your home folder, or TSPM_HOME/);
  expect(homePaths({ HOME: '/home/ada' }).home).toBe('/home/ada/.tspm');
  expect(homePaths({ TSPM_HOME: '/srv/x' }).home).toBe('/srv/x');
});

describe('a home that is used', () => {
  test('is a folder of its own, readable by others at most', async () => {
    const paths = await ownHome();
    expect(refusal(paths)).toBe('');
    chmodSync(paths.home, 0o755);
    expect(refusal(paths)).toBe('');
  });

  test('may be reached over a link of the same user', async () => {
    const { home } = await ownHome();
    symlinkSync(home, `${home}-link`);
    expect(refusal(homePaths({ TSPM_HOME: `${home}-link` }))).toBe('');
    symlinkSync('./home-link', `${home}-link-to-link`);
    expect(refusal(homePaths({ TSPM_HOME: `${home}-link-to-link` }))).toBe('');
  });

  test('has folders of mode 0700 whatever the umask', async () => {
    for (const mask of [0, 0o777]) {
      const root = await temporaryFolder();
      const paths = homePaths({ TSPM_HOME: path.join(root, 'a', 'home') });
      const before = process.umask(mask);
      try {
        await prepareHome(paths);
      } finally {
        process.umask(before);
      }
      chmodSync(paths.home, 0o755);
      await prepareHome(paths);
      for (const folder of [path.join(root, 'a'), paths.home, paths.logs, paths.pids, paths.run]) expect(statSync(folder).mode & 0o777).toBe(0o700);
    }
  });
});

describe('a home is refused', () => {
  test.each([0o770, 0o707, 0o777, 0o1777])('with mode %o, and the words say how to repair it', async (mode) => {
    const paths = await ownHome();
    chmodSync(paths.home, mode);
    expect(refusal(paths)).toContain(`chmod 700 ${paths.home}`);
    await expect(prepareHome(paths)).rejects.toThrow(/can be written by other users/);
  });

  test('in a folder where others can rename it, unless it is like /tmp', async () => {
    const { home } = await ownHome();
    chmodSync(path.dirname(home), 0o777);
    expect(refusal(homePaths({ TSPM_HOME: home }))).toContain(`chmod go-w ${path.dirname(home)}`);
    expect(refusal(homePaths({ TSPM_HOME: path.join(path.dirname(home), 'new') }))).toContain('chmod go-w');
    chmodSync(path.dirname(home), 0o1777);
    expect(refusal(homePaths({ TSPM_HOME: home }))).toBe('');
  });

  const entries = ['status.json', 'status.json.previous', 'shim.json', 'dashboard.json', 'reserve', 'daemon.log', 'daemon.log.1', 'shim.log', 'logs', 'pids', 'run', 'desktop', 'tspm.sock', 'shim.sock'];

  test.each(entries)('when %s is a symbolic link', async (name) => {
    const paths = await ownHome();
    const entry = path.join(paths.home, name);
    rmSync(entry, { recursive: true, force: true });
    symlinkSync('/etc', entry);
    expect(refusal(paths)).toContain(`${entry} is a symbolic link`);
  });

  test.each(['logs', 'pids', 'run', 'desktop'])('when others can write in its folder %s', async (name) => {
    const paths = await ownHome();
    const folder = path.join(paths.home, name);
    mkdirSync(folder, { recursive: true });
    for (const mode of [0o770, 0o1777]) {
      chmodSync(folder, mode);
      expect(refusal(paths)).toMatch(new RegExp(`^${folder} can be written by other users.*: chmod 700 ${folder}$`));
      await expect(prepareHome(paths)).rejects.toThrow('can be written by other users');
    }
    chmodSync(folder, 0o755);
    expect(refusal(paths)).toBe('');
  });

  test('but not when a folder of it is an own link to an own private folder', async () => {
    const paths = await ownHome();
    const disk = await temporaryFolder();
    chmodSync(disk, 0o700);
    rmSync(paths.logs, { recursive: true });
    symlinkSync(disk, paths.logs);
    expect(() => checkHome(paths)).not.toThrow();
    chmodSync(disk, 0o755);
    expect(refusal(paths)).toContain('logs is a symbolic link');
  });

  test('when a file of it is something else, or has another name', async () => {
    const paths = await ownHome();
    mkdirSync(paths.status);
    expect(refusal(paths)).toContain('status.json is not a regular file');
    rmSync(paths.status, { recursive: true });
    rmSync(paths.run, { recursive: true });
    writeFileSync(paths.run, '');
    expect(refusal(paths)).toContain('run is not a folder');
    rmSync(paths.run);
    writeFileSync(path.join(paths.home, 'precious'), '');
    linkSync(path.join(paths.home, 'precious'), paths.daemonLog);
    expect(refusal(paths)).toContain('daemon.log has another name as well');
  });

  testWithStranger('when an entry belongs to somebody else', async () => {
    const paths = await ownHome();
    writeFileSync(paths.status, '{}');
    await giveToStranger(paths.status);
    expect(refusal(paths)).toMatch(/status\.json belongs to the user with uid 61234, not to you \(user root \(uid 0\)\)\. Keep it with: sudo chown/);
  });

  testWithStranger('when it belongs to somebody else, with the line that works', async () => {
    const paths = await ownHome();
    await giveToStranger(paths.home);
    const words = refusal(paths, ['start', 'my app.yaml', '--name', "it's"]);
    expect(words).toContain(`sudo -u '#61234' TSPM_HOME=${paths.home} tspm start 'my app.yaml' --name 'it'\\''s'`);
    expect(words).not.toContain('chown');
  });

  testWithStranger('when it would be made in the folder of somebody else, and nothing is made', async () => {
    const root = await temporaryFolder();
    await giveToStranger(root);
    const paths = homePaths({ HOME: root });
    expect(refusal(paths)).toMatch(/is in .*, which belongs to the user with uid 61234/);
    await expect(prepareHome(paths)).rejects.toThrow(/which belongs to/);
    expect(readdirSync(root)).toEqual([]);
  });

  testWithStranger('when the way to it is a link of somebody else', async () => {
    const { home } = await ownHome();
    const shared = path.join(path.dirname(home), 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o1777);
    runAsStranger(`ln -s ${home} link`, shared);
    expect(refusal(homePaths({ TSPM_HOME: path.join(shared, 'link') }))).toMatch(/link is a symbolic link of the user with uid 61234/);
    symlinkSync(path.join(shared, 'link'), path.join(path.dirname(home), 'own'));
    expect(refusal(homePaths({ TSPM_HOME: path.join(path.dirname(home), 'own') }))).toMatch(/shared\/link is a symbolic link/);
  });

  test('and links in a circle end', async () => {
    const root = await temporaryFolder();
    symlinkSync('b', path.join(root, 'a'));
    symlinkSync('a', path.join(root, 'b'));
    expect(refusal(homePaths({ TSPM_HOME: path.join(root, 'a', 'home') }))).toContain('circle of symbolic links');
  });
});
