// Whose home it is, as a user meets it: words, exit codes, and nothing written where it is refused.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { giveToStranger, testWithStranger } from '../helpers/as-user.ts';
import { cliFile, cliHome, type Ran } from '../helpers/cli-home.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

async function runWith(env: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [cliFile, ...argv], { cwd: await temporaryFolder(), env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes) => (stdout += String(bytes)));
  child.stderr.on('data', (bytes) => (stderr += String(bytes)));
  const [code] = await once(child, 'close');
  return { code: code as number | null, stdout, stderr };
}

test('without HOME and TSPM_HOME there is no home, but there is help', async () => {
  for (const env of [{}, { HOME: '' }, { HOME: '', TSPM_HOME: '' }]) {
    const ran = await runWith(env, 'list');
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^error: HOME is (not set|empty), so there is no place for TSPM's own files\. Set HOME .*TSPM_HOME/);
  }
  expect(await runWith({}, '--help')).toMatchObject({ code: 0, stderr: '' });
  expect(await runWith({}, 'init')).toMatchObject({ code: 0, stderr: '' });
});

test('a home that others can write is refused, and used once it was repaired', async () => {
  const { run, paths } = await cliHome();
  mkdirSync(paths.home);
  chmodSync(paths.home, 0o777);
  const refused = await run('list', '--json');
  expect(refused.code).toBe(4);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'engine-unreachable', message: expect.stringContaining(`chmod 700 ${paths.home}`) } });
  expect(readdirSync(paths.home)).toEqual([]);
  chmodSync(paths.home, 0o700);
  symlinkSync('/etc', paths.logs);
  expect((await run('start', 'sleep 60')).stderr).toContain(`${paths.logs} is a symbolic link`);
  expect(readdirSync(paths.home)).toEqual(['logs']);
});

testWithStranger('root refuses the home of a user with the line that works, and leaves nothing there', async () => {
  const root = await temporaryFolder();
  await giveToStranger(root);
  // What `sudo -E tspm start app.js` would be.
  const preserved = await runWith({ HOME: root }, 'start', 'my app.js', '--name', 'x');
  expect(preserved.code).toBe(4);
  expect(preserved.stderr).toContain(`sudo -u '#61234' TSPM_HOME=${root}/.tspm tspm start 'my app.js' --name x`);
  expect(readdirSync(root)).toEqual([]);
  const home = path.join(root, '.tspm');
  mkdirSync(home);
  await giveToStranger(home);
  for (const command of ['list', 'kill', 'logs', 'status', 'dashboard']) expect(await runWith({ HOME: root }, command), command).toMatchObject({ code: 4, stdout: '' });
  expect(readdirSync(home)).toEqual([]);
});
