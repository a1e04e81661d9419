import { spawn as spawnProcess } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { StatusReport } from '../../shared/contract/reports.ts';
import { cliHome } from '../helpers/cli-home.ts';
import { waitFor } from '../helpers/wait-for.ts';

const talker = "console.log('hello from', process.env.NAME); process.on('SIGTERM', () => { console.log('bye from', process.env.NAME); process.exit(0); }); setInterval(() => {}, 1000);\n";
const stubborn = "process.on('SIGTERM', () => console.log('not yet')); console.log('here'); setInterval(() => {}, 1000);\n";

async function talkingHome() {
  const home = await cliHome();
  await home.write('talker.js', talker);
  await home.write('tspm.yaml', ['a', 'b'].map((name) => `  - { name: ${name}, script: talker.js, env: { NAME: ${name} } }\n`).reduce((text, line) => text + line, 'processes:\n'));
  return home;
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('start --foreground, then %s', (signal) => {
  it('shows the table and the logs, stops what it started, and the engine that it launched', async () => {
    const { spawn, paths, shell } = await talkingHome();
    const session = spawn('start', '--foreground');
    await session.printed('a:0 │ hello from a');
    await session.printed('b:0 │ hello from b');
    session.child.kill(signal);
    const { code, stdout, stderr } = await session.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('✓ a:0 online, pid');
    expect(stdout).toContain('a:0 │ bye from a');
    expect(stdout).toContain('b:0 │ bye from b');
    expect(stderr).toContain('stopping 2 processes (Ctrl+C again kills them)');
    await waitFor(async () => (await shell(`test -S '${paths.controlSocket}'`)).code !== 0, { what: 'the engine to leave' });
  });
});

describe('start --foreground', () => {
  it.runIf(process.platform !== 'win32')('stops everything when npm was asked to end and took only its shell along', async () => {
    const { folder, env, paths, shell } = await talkingHome();
    const npmShell = spawnProcess('sh', ['-c', '"$NODE" "$TSPM" start --foreground; exit 0'], {
      cwd: folder,
      env: { ...env, NODE: process.execPath, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    npmShell.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    await waitFor(() => printed.includes('b:0 │ hello from b'), { what: 'the session to be up' });
    npmShell.kill('SIGTERM');
    await waitFor(() => printed.includes('bye from a') && printed.includes('bye from b'), { what: 'the services to be stopped' });
    await waitFor(async () => (await shell(`test -S '${paths.controlSocket}'`)).code !== 0, { what: 'the engine to leave' });
  });

  it('leaves alone what ran before', async () => {
    const { spawn, json, list } = await talkingHome();
    await json('start', '--only', 'a');
    const [before] = await list();
    const session = spawn('start', '--foreground');
    await session.printed('b:0 │ hello from b');
    session.child.kill('SIGINT');
    expect((await session.ended).stderr).toContain('stopping 1 process; 1 ran before and go on');
    expect(await list()).toMatchObject([{ name: 'a', state: 'online', pid: before?.pid }, { name: 'b', state: 'stopped' }]);
  });

  it('kills at the second Ctrl+C: exit code 130', async () => {
    const { spawn, write, list } = await cliHome();
    await write('stubborn.js', stubborn);
    await write('tspm.yaml', 'processes:\n  - { name: stubborn, script: stubborn.js, killTimeout: 60s }\n');
    const session = spawn('start', '--foreground');
    await session.printed('here');
    session.child.kill('SIGINT');
    await session.printed('not yet');
    session.child.kill('SIGINT');
    expect((await session.ended).code).toBe(130);
    await waitFor(async () => (await list()).every(({ pid }) => pid === null), { what: 'the service to end' });
  });

  it('ends by itself when everything has ended, with 1 when something failed', async () => {
    const { spawn, write } = await cliHome();
    await write('tspm.yaml', 'processes:\n  - { name: job, command: "echo done", autorestart: false }\n');
    const good = await spawn('start', '--foreground').ended;
    expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining('job:0 │ done'), stderr: expect.stringContaining('all processes have ended') });
    await write('tspm.yaml', 'processes:\n  - { name: bad, command: "echo oops; exit 1", maxRestarts: 0, minUptime: 500 }\n');
    expect(await spawn('start', '--foreground').ended).toMatchObject({ code: 1, stdout: expect.stringContaining('│ oops') });
  });

  it('stops what came up when it is interrupted while it waits', async () => {
    const { spawn, write, list, paths, run } = await cliHome();
    await write('tspm.yaml', 'processes:\n  - { name: never, command: sleep 1000, port: 1 }\n');
    const session = spawn('start', '--foreground');
    await waitFor(async () => ((await run('status', '--json')).stdout.includes('"starting": 1') ? paths : null), { what: 'it to be started' });
    session.child.kill('SIGINT');
    expect((await session.ended).code).toBe(0);
    expect((await list()).every(({ pid, desired }) => pid === null && desired === 'down')).toBe(true);
  });

  it('outlives its engine: the logs go on, and Ctrl+C still stops everything', async () => {
    const { spawn, json, list } = await talkingHome();
    const session = spawn('start', '--foreground');
    await session.printed('hello from b');
    process.kill((await json<{ readonly owner: { readonly pid: number } }>('status')).owner.pid, 'SIGKILL');
    session.child.kill('SIGINT');
    expect(await session.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('bye from b') });
    expect((await list()).every(({ pid }) => pid === null)).toBe(true);
  });

  it('stops everything when nobody reads the output any more', async () => {
    const { spawn, write, list, json } = await cliHome();
    await write('tick.js', "setInterval(() => console.log('tick'), 20);\n");
    await write('tspm.yaml', 'processes:\n  - { name: tick, script: tick.js }\n');
    await json('start', 'sleep', '--name', 'other', '--', '1000');
    const session = spawn('start', '--foreground');
    await session.printed('tick:0 │ tick');
    session.child.stdout.destroy();
    expect((await session.ended).code).toBe(0);
    expect(await list()).toMatchObject([{ name: 'other', state: 'online' }, { name: 'tick', state: 'stopped' }]);
  });

  it('prints only JSON with --json', async () => {
    const { spawn } = await talkingHome();
    const session = spawn('start', '--foreground', '--json');
    await session.printed('hello from a');
    await session.printed('hello from b');
    session.child.kill('SIGINT');
    const lines = (await session.ended).stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
    expect(lines[0]).toMatchObject({ outcomes: [{ name: 'a' }, { name: 'b' }] });
    expect(lines).toEqual(expect.arrayContaining([expect.objectContaining({ process: 'a', stream: 'out', message: 'hello from a' })]));
  });

  it('yields to --detach, which npm start may pass on', async () => {
    const { run, json } = await talkingHome();
    expect((await run('start', '--foreground', '--detach')).code).toBe(0);
    expect((await json<StatusReport>('status')).counts.online).toBe(2);
  });
});
