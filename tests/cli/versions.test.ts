// Command lines and engines of different versions: the frozen 0.1.0, this one, and one of tomorrow.
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { StatusReport } from '../../shared/contract/reports.ts';
import { productVersion } from '../../shared/contract/version.ts';
import { frozen, today } from '../helpers/builds.ts';
import { cliHome, type CliHome, type Ran } from '../helpers/cli-home.ts';
import { freePort } from '../helpers/free-port.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

/** Runs the command line of a build. */
async function runOf(build: string, { env, folder }: CliHome, ...argv: readonly string[]): Promise<Ran> {
  return promisify(execFile)(process.execPath, [path.join(build, 'tspm.cjs'), ...argv], { env, cwd: folder }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { readonly code: number; readonly stdout: string; readonly stderr: string }) => error,
  );
}

async function jsonOf<Value>(build: string, home: CliHome, ...argv: readonly string[]): Promise<Value> {
  const ran = await runOf(build, home, ...argv, '--json');
  expect(ran, argv.join(' ')).toMatchObject({ code: 0 });
  return JSON.parse(ran.stdout) as Value;
}

/** The programs of this build, which say that they are of another version. */
async function buildOfTomorrow(): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of ['tspm', 'daemon', 'shim', 'preload']) {
    await cp(path.join(today, `${name}.cjs`), path.join(folder, `${name}.cjs`));
    const file = path.join(folder, `${name}.cjs`);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(`"${productVersion}"`, '"9.0.0"'));
  }
  return folder;
}

const config = (port: number): string => `
processes:
  - name: web
    script: web.js
    port: ${port}
    instances: 2
  - name: idle
    script: idle.js
`;

async function home(): Promise<CliHome> {
  const made = await cliHome();
  await made.write('web.js', "require('node:http').createServer((_, res) => res.end('ok')).listen(process.env.PORT);\n");
  await made.write('idle.js', 'setInterval(() => {}, 1000);\n');
  await made.write('tspm.yaml', config(await freePort()));
  return made;
}

const old = frozen('0.1.0');

describe('an older command line', () => {
  it('works with this engine, every command of it', { timeout: 60_000 }, async () => {
    const made = await home();
    await made.json('start');
    const pids = (await made.list()).map((one) => one.pid);
    const commands = [['list'], ['status'], ['groups'], ['cluster'], ['describe', 'web'], ['env', 'idle'], ['logs', 'web'], ['start'], ['reset', 'web'], ['flush', '--all'], ['signal', 'SIGCONT', 'idle']];
    for (const argv of commands) expect(await runOf(old, made, ...argv), argv.join(' ')).toMatchObject({ code: 0, stderr: '' });
    expect((await made.list()).map((one) => one.pid)).toEqual(pids);
    for (const argv of [['scale', 'web', '3'], ['reload', 'web'], ['restart', 'idle'], ['stop', 'idle'], ['start', 'idle'], ['delete', 'idle'], ['dashboard', '--no-open'], ['dashboard', '--close']]) expect(await runOf(old, made, ...argv), argv.join(' ')).toMatchObject({ code: 0 });
    expect((await made.json<StatusReport>('status')).version).toBe(productVersion);
    expect(await runOf(old, made, 'kill')).toMatchObject({ code: 0 });
  });

  it('leaves a newer engine where it is', { timeout: 60_000 }, async () => {
    const made = await home();
    const tomorrow = await buildOfTomorrow();
    expect(await runOf(tomorrow, made, 'start')).toMatchObject({ code: 0 });
    const ran = await made.run('status');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('9.0.0');
  });
});

describe('a newer command line', () => {
  it('takes over from an older engine, at once and without a service noticing', { timeout: 60_000 }, async () => {
    const made = await home();
    expect(await runOf(old, made, 'start')).toMatchObject({ code: 0 });
    const before = await jsonOf<readonly { readonly pid: number }[]>(old, made, 'list');
    const ran = await made.run('describe', 'web');
    expect(ran).toMatchObject({ code: 0, stderr: 'the engine is older (0.1.0): taking over\n' });
    const after = await made.run('status');
    expect(after).toMatchObject({ code: 0, stderr: '' });
    expect((await made.json<StatusReport>('status')).version).toBe(productVersion);
    expect((await made.list()).map((one) => one.pid)).toEqual(before.map((one) => one.pid));
  });

  it('takes over once, however many come', { timeout: 60_000 }, async () => {
    const made = await home();
    expect(await runOf(old, made, 'start')).toMatchObject({ code: 0 });
    const before = await jsonOf<readonly { readonly pid: number }[]>(old, made, 'list');
    const runs = await Promise.all(Array.from({ length: 4 }, () => made.run('list', '--json')));
    for (const ran of runs) expect(ran).toMatchObject({ code: 0 });
    expect((await made.list()).map((one) => one.pid)).toEqual(before.map((one) => one.pid));
    expect((await made.json<StatusReport>('status')).version).toBe(productVersion);
  });

  it('ends an older engine with kill, and does not replace it first', { timeout: 60_000 }, async () => {
    const made = await home();
    expect(await runOf(old, made, 'start')).toMatchObject({ code: 0 });
    expect(await made.run('kill')).toMatchObject({ code: 0, stderr: '' });
    expect((await made.run('kill')).stdout).toContain('Nothing runs');
  });

  it('goes on with an older engine that does not go', { timeout: 60_000 }, async () => {
    const made = await home();
    // An engine that refuses to be taken over: its handOver is called otherwise.
    const stubborn = await temporaryFolder();
    for (const name of ['tspm', 'daemon', 'shim', 'preload']) {
      const text = await readFile(path.join(old, `${name}.cjs`), 'utf8');
      await writeFile(path.join(stubborn, `${name}.cjs`), text.replaceAll('handOver', 'noHandOver'));
    }
    expect(await runOf(stubborn, made, 'start')).toMatchObject({ code: 0 });
    for (const argv of [['list'], ['status'], ['describe', 'web'], ['cluster'], ['stop', 'idle']]) {
      const ran = await made.run(...argv);
      expect(ran, argv.join(' ')).toMatchObject({ code: 0 });
      expect(ran.stderr).toContain('the engine is older (0.1.0): taking over\nthe older engine could not be taken over');
    }
    expect((await made.run('status')).stdout).toContain('engine is older than this tspm');
  });
});

it('is an answer in words when an input is not known', { timeout: 60_000 }, async () => {
  const made = await home();
  await made.json('start');
  const post = (name: string, body: string) => `exec curl -s --unix-socket "${made.paths.controlSocket}" -H 'content-type: application/json' -d '${body}' http://tspm/v1/commands/${name}`;
  const unknownField = await made.shell(post('stop', '{"selectors":["idle"],"gently":{"please":true}}'));
  expect(JSON.parse(unknownField.stdout)).toMatchObject({ error: { code: 'invalid-input', message: expect.stringContaining(`this engine (${productVersion}) does not know "gently" in the input of stop`) as unknown } });
  const unknownCommand = await made.shell(post('levitate', '{}'));
  expect(JSON.parse(unknownCommand.stdout)).toMatchObject({ error: { code: 'unknown-command', message: expect.stringContaining(productVersion) as unknown } });
  expect((await made.list()).every((one) => one.state === 'online')).toBe(true);
});

it('upgrade replaces the data plane of every version before, and says what it did', { timeout: 90_000 }, async () => {
  const made = await home();
  expect(await runOf(old, made, 'start')).toMatchObject({ code: 0 });
  expect((await made.run('status')).stdout).toContain('data plane is older (0.1.0): tspm upgrade replaces it');
  const first = await made.run('upgrade');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(/web:0 reloaded, pid \d+: its port was closed for about a millisecond.*\n.*web:1 reloaded, pid \d+.*\n.*idle:0 restarted, pid \d+\n/);
  expect(first.stdout).toContain(`the data plane is ${productVersion} now, it was 0.1.0`);
  expect((await made.run('status')).stdout).not.toContain('older');
  expect((await made.run('upgrade')).stdout).toContain(`the data plane is ${productVersion} already`);

  const tomorrow = await buildOfTomorrow();
  expect(await jsonOf(tomorrow, made, 'upgrade')).toMatchObject({ from: productVersion, to: '9.0.0', replaced: true });
  expect((await runOf(tomorrow, made, 'status')).stdout).not.toContain('older');
  expect((await jsonOf<readonly { readonly state: string }[]>(tomorrow, made, 'list')).map((one) => one.state)).toEqual(['online', 'online', 'online']);
  expect(await runOf(tomorrow, made, 'kill')).toMatchObject({ code: 0 });
});

it('upgrade has nothing to do where nothing runs', async () => {
  const made = await home();
  expect(await made.run('upgrade')).toMatchObject({ code: 0, stdout: 'Nothing runs: the next start uses this version.\n', stderr: '' });
});
