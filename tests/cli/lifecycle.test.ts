import { readFile, rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../shared/contract/outcomes.ts';
import { processStartTime } from '../../electron/platform/process-identity.ts';
import type { StatusReport } from '../../shared/contract/reports.ts';
import type { ProcessDescription } from '../../shared/contract/process.ts';
import { cliHome } from '../helpers/cli-home.ts';
import { waitFor } from '../helpers/wait-for.ts';

const service = "process.on('SIGTERM', () => process.exit(0)); console.log('up', process.env.GREETING ?? ''); setInterval(() => {}, 1000);\n";

/** Two instances of a script, and a command in another namespace. */
const config = (greeting = 'hello'): string => `processes:
  - name: api
    script: service.js
    instances: 2
    env: { GREETING: ${greeting}, API_TOKEN: s3cret }
  - name: worker
    command: sleep 1000
    namespace: backend
    dependsOn: [api]
`;

const actions = (outcomes: readonly Outcome[]): readonly string[] => outcomes.map(({ name, instance, action }) => `${name}:${instance} ${action}`);

async function stackHome() {
  const home = await cliHome();
  await home.write('service.js', service);
  await home.write('tspm.yaml', config());
  return home;
}

describe('start', () => {
  it('brings up a config, shows the table, and does nothing the second time', async () => {
    const { run, json, list } = await stackHome();
    const { code, stdout, stderr } = await run('start');
    expect([code, stderr]).toEqual([0, '']);
    for (const text of ['✓ api:0 online, pid', '✓ api:1 online, pid', '✓ worker:0 online, pid', 'id  name', 'backend']) expect(stdout).toContain(text);
    expect(stdout).not.toContain('\u001B');
    const before = await list();
    expect(before).toEqual([
      expect.objectContaining({ id: 0, name: 'api', instance: 0, namespace: 'default', group: null, state: 'online', desired: 'up', restarts: 0, port: null }),
      expect.objectContaining({ id: 1, name: 'api', instance: 1 }),
      expect.objectContaining({ id: 2, name: 'worker', namespace: 'backend', pid: expect.any(Number), uptimeMs: expect.any(Number), reason: expect.any(String) }),
    ]);
    for (const snapshot of before) expect(snapshot).toHaveProperty('cpuPercent');
    expect(actions(await json('start'))).toEqual(['api:0 unchanged', 'api:1 unchanged', 'worker:0 unchanged']);
    expect((await list()).map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
  });

  it('restarts what changed and names the fields', async () => {
    const { run, json, write, list } = await stackHome();
    await json('start');
    const [, , worker] = await list();
    await write('tspm.yaml', config('welcome'));
    expect((await run('start')).stdout).toMatch(/↻ api:0 restarted, pid \d+ \(changed: env\.GREETING\)/);
    expect((await list())[2]?.pid).toBe(worker?.pid);
  });

  it('starts a part of a config with what it depends on', async () => {
    const { run, json } = await stackHome();
    expect(actions(await json('start', '--only', 'worker'))).toEqual(['api:0 started', 'api:1 started', 'worker:0 started']);
    expect(await run('start', '--only', 'wroker')).toMatchObject({ code: 3, stderr: expect.stringContaining('did you mean "worker"?') });
  });

  it('starts a script with options and arguments, and a command', async () => {
    const { json, write } = await stackHome();
    await write('args.js', "console.log(process.argv.slice(2).join(' ')); setInterval(() => {}, 1000);\n");
    await json('start', 'args.js', '--name', 'web', '-i', '2', '-e', 'A=1', '--namespace', 'front', '--', '--port', '80');
    await json('start', 'sleep', '--name', 'nap', '--', '1000');
    const [web, , nap] = await json<readonly ProcessDescription[]>('describe', 'web', 'nap');
    expect(web).toMatchObject({ name: 'web', namespace: 'front', state: 'online', args: expect.arrayContaining(['--port', '80']), envNames: expect.arrayContaining(['A']) });
    expect(nap).toMatchObject({ name: 'nap', args: ['1000'] });
  });

  it('resumes known processes by name, id, namespace and glob', async () => {
    const { json } = await stackHome();
    await json('start');
    await json('stop', '--all');
    expect(actions(await json('start', 'api:1'))).toEqual(['api:1 started']);
    expect(actions(await json('start', '0'))[0]).toMatch(/^api:0 /);
    expect(actions(await json('start', 'wor*'))).toContain('worker:0 started');
    expect(actions(await json('start', '@backend'))).toEqual(expect.arrayContaining(['worker:0 unchanged']));
  });

  it('says which failed, why, and its last lines', async () => {
    const { run, write } = await cliHome();
    await write('tspm.yaml', 'processes:\n  - { name: bad, command: "echo the reason >&2; exit 3", maxRestarts: 0, minUptime: 500 }\n  - { name: good, command: sleep 1000 }\n');
    const { code, stdout } = await run('start');
    expect(code).toBe(1);
    expect(stdout).toContain('✓ good:0 online');
    expect(stdout).toMatch(/✗ bad:0 failed: .*exited with code 3/);
    expect(stdout).toContain('│ the reason');
    const again = await run('start', 'bad', '--json');
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([1, [{ action: 'failed', lastLines: expect.arrayContaining(['the reason']) }]]);
  });

  it('does not wait when told so', async () => {
    const { json, write } = await cliHome();
    await write('tspm.yaml', 'processes:\n  - { name: slow, command: sleep 1000, minUptime: 10s }\n');
    const [outcome] = await json<readonly Outcome[]>('start', '--no-wait');
    expect(outcome?.process.state).not.toBe('online');
  });

  it('stops waiting at Ctrl+C: exit code 130, and the engine goes on', async () => {
    const { spawn, write, list, paths } = await cliHome();
    await write('tspm.yaml', 'processes:\n  - { name: never, command: sleep 1000, port: 1 }\n');
    const waiting = spawn('start');
    await waitFor(async () => (await readFile(paths.status, 'utf8').catch(() => '')).includes('never'), { what: 'the engine to know it' });
    waiting.child.kill('SIGINT');
    expect(await waiting.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('stopped waiting; the engine goes on starting') });
    expect(await list()).toMatchObject([{ name: 'never', desired: 'up' }]);
  });

  it('makes one engine when several are called at once', async () => {
    const { run, json, list } = await cliHome();
    const ran = await Promise.all(['a', 'b', 'c'].map((name) => run('start', 'sleep', '--name', name, '--', '1000')));
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect((await list()).map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c']);
    expect(await json('status')).toMatchObject({ owner: { kind: 'daemon' }, shim: { pid: expect.any(Number) }, counts: { online: 3 } });
  });
});

describe('what changes processes', () => {
  it('stop, restart, reload, reset, signal, flush, delete: one line and one outcome for each', async () => {
    const { run, json, list } = await stackHome();
    await json('start');
    expect((await run('stop', 'api:1')).stdout).toBe('✓ api:1 stopped\n');
    expect((await run('stop', 'api:1')).stdout).toContain('= api:1 unchanged, stopped');
    expect(await run('signal', 'HUP', 'api:1')).toMatchObject({ code: 1, stdout: expect.stringContaining('✗ api:1 failed') });
    await json('start', 'api:1');
    expect(actions(await json('restart', 'worker'))).toEqual(['worker:0 restarted']);
    expect(actions(await json('reload', 'api:0'))).toEqual(['api:0 reloaded']);
    expect(actions(await json('reset', '--all'))).toEqual(['api:0 reset', 'api:1 reset', 'worker:0 reset']);
    expect(actions(await json('signal', 'cont', 'worker'))).toEqual(['worker:0 signalled']);
    expect(actions(await json('flush', 'api'))).toEqual(['api:0 flushed', 'api:1 flushed']);
    expect(actions(await json('delete', 'api', '@backend'))).toEqual(['api:0 deleted', 'api:1 deleted', 'worker:0 deleted']);
    expect(await list()).toEqual([]);
  });

  it('exit with 3 when nothing matches, and name what there is', async () => {
    const { run, json } = await stackHome();
    await json('start');
    for (const command of ['stop', 'restart', 'reload', 'delete', 'flush', 'reset', 'describe', 'env', 'logs', 'list']) {
      expect(await run(command, 'apj'), command).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(/apj.*api/s) });
    }
  });
});

describe('what only looks', () => {
  it('describe shows two columns, and no value of the environment', async () => {
    const { run, json } = await stackHome();
    await json('start');
    const { stdout } = await run('describe', 'api:0');
    for (const text of ['api:0', 'state', 'online', 'service.js', 'API_TOKEN', 'tspm.yaml', 'log out']) expect(stdout).toContain(text);
    expect(stdout).not.toContain('s3cret');
    expect((await run('describe', 'api', '--json')).stdout).not.toContain('s3cret');
    expect(await json('describe', '--name', 'api')).toHaveLength(2);
  });

  it('env masks secrets unless told otherwise', async () => {
    const { run, json } = await stackHome();
    await json('start');
    const masked = await run('env', 'api:0');
    expect(masked.stdout).toContain('GREETING=hello\n');
    expect(masked.stdout).toContain('API_TOKEN=********\n');
    expect((await run('env', 'api:0', '--show')).stdout).toContain('API_TOKEN=s3cret\n');
    expect(await json('env', 'api:0')).toMatchObject([{ name: 'api', instance: 0, env: { API_TOKEN: '********' } }]);
  });

  it('status tells of the engine', async () => {
    const { run, json, paths } = await stackHome();
    await json('start');
    expect(await json('status')).toMatchObject({ home: paths.home, version: expect.any(String), owner: { kind: 'daemon', pid: expect.any(Number) }, shim: { pid: expect.any(Number) }, counts: { online: 3, errored: 0 } });
    expect((await run('status')).stdout).toMatch(/engine +daemon, pid \d+[\s\S]*processes +3 online/);
  });
});

describe('kill', () => {
  it('ends everything, and the list stays', async () => {
    const { run, json, list } = await stackHome();
    await json('start');
    const pids = (await list()).map(({ pid }) => pid);
    expect((await run('kill')).stdout).toContain('3 services stopped');
    for (const pid of pids) expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH');
    expect((await run('kill')).stdout).toBe('Nothing runs.\n');
    expect((await list()).map(({ name, state }) => `${name} ${state}`)).toEqual(['api stopped', 'api stopped', 'worker stopped']);
  });
});

describe('a home that lost its engine', () => {
  it('gets a new one from any command, and the services never noticed', async () => {
    const { json, list } = await stackHome();
    await json('start');
    const before = (await list()).map(({ pid }) => pid);
    const { owner } = await json<{ readonly owner: { readonly pid: number } }>('status');
    process.kill(owner.pid, 'SIGKILL');
    expect((await list()).map(({ pid }) => pid)).toEqual(before);
    const after = await json<{ readonly owner: { readonly pid: number } }>('status');
    expect(after.owner.pid).not.toBe(owner.pid);
  });
});

describe('a state file that was lost', () => {
  it('costs no service, and leaves none running that no list shows', async () => {
    const { run, json, paths, write, list } = await cliHome();
    await write('stay.js', 'setInterval(() => {}, 1000);\n');
    await json('start', 'stay.js');
    const [before] = await list();
    const { owner } = await json<StatusReport>('status');
    process.kill(owner?.pid ?? 0, 'SIGKILL');
    for (const file of [paths.status, `${paths.status}.previous`]) await rm(file, { force: true });
    expect(await list()).toMatchObject([{ name: 'stay', pid: before?.pid, desired: 'up' }]);
    expect((await json<StatusReport>('status')).notices.map(({ message }) => message)).toContainEqual(expect.stringContaining('it is kept'));
    expect((await run('delete', 'stay')).code).toBe(0);
    expect(await processStartTime(before?.pid ?? 0)).toBe(null);
    expect((await run('list')).stdout).toContain('No processes');
  });
});
