import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../electron/cli/command.ts';
import { createEngine } from '../../../electron/cli/engine.ts';
import { createOutput } from '../../../electron/cli/output.ts';
import { planStart, restrict, targetKind, type StartRequest } from '../../../electron/cli/start-plan.ts';
import { homePaths } from '../../../electron/platform/home.ts';
import { createClient } from '../../../shared/client/client.ts';
import { Failure } from '../../../shared/model/failure.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

const config = 'processes:\n  - { name: db, command: sleep 1 }\n  - { name: api, command: sleep 1, dependsOn: [db] }\n  - { name: web, command: sleep 1 }\n';

/** A context in a folder of its own, with an engine that knows these processes, or none that runs. */
async function contextIn(folder: string, known: readonly string[] | null = null): Promise<Context> {
  const client = createClient({
    async call(name) {
      if (known === null) throw new Failure('engine-unreachable', 'none', { kind: 'absent', socket: '' });
      if (name !== 'list') throw new Error(`unexpected call: ${name}`);
      return known.map((word) => ({ name: word, group: null }));
    },
    subscribe: () => Promise.reject(new Error('nothing is subscribed to here')),
  });
  return {
    env: { PATH: process.env['PATH'] },
    cwd: folder,
    paths: homePaths({ TSPM_HOME: path.join(folder, 'home') }),
    output: createOutput({ stdout: new PassThrough(), stderr: new PassThrough(), env: {} }, false),
    engine: createEngine({ client, launch: () => Promise.reject(new Error('a plan starts no engine')), hasProcesses: async () => false }),
    commands: [],
    onSignal: () => () => undefined,
    onBrokenPipe: () => undefined,
  };
}

const request = (over: Partial<StartRequest>): StartRequest => ({ targets: [], args: [], program: {}, only: [], ...over });

describe('targetKind', () => {
  it.each([
    ['tspm.yaml', 'config'],
    ['a/b.JSONC', 'config'],
    ['./server.js', 'path'],
    ['bin\\run', 'path'],
    ['echo a b', 'path'],
    ['@backend', 'selector'],
    ['web-*', 'selector'],
    ['3', 'selector'],
    ['api:0', 'selector'],
    ['all', 'selector'],
    ['group=web', 'selector'],
    ['api', 'word'],
    ['server.js', 'word'],
  ] as const)('%s is a %s', (target, kind) => expect(targetKind(target)).toBe(kind));
});

describe('planStart', () => {
  it('finds the config of the folder, also from below', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'tspm.yaml'), config);
    await mkdir(path.join(folder, 'below'));
    const plan = await planStart(await contextIn(path.join(folder, 'below')), request({}));
    expect(plan.specs.map(({ name }) => name)).toEqual(['db', 'api', 'web']);
  });

  it('says how to get a config where there is none', async () => {
    await expect(planStart(await contextIn(await temporaryFolder()), request({}))).rejects.toMatchObject({ code: 'invalid-config', message: expect.stringContaining('tspm init') });
  });

  it('shows every problem of a config with its place', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'bad.yaml'), 'processes:\n  - name: api\n    comand: x\n    instances: -1\n');
    await expect(planStart(await contextIn(folder), request({ targets: ['bad.yaml'] }))).rejects.toMatchObject({
      code: 'invalid-config',
      message: expect.stringMatching(/nothing was started[\s\S]*bad\.yaml:3:\d+[\s\S]*bad\.yaml:4:\d+/),
    });
  });

  it('takes scripts and commands with their options', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'server.js'), '');
    const plan = await planStart(await contextIn(folder), request({ targets: ['server.js'], args: ['--port', '80'], program: { name: 'web', env: { A: '1' }, instances: 2 } }));
    expect(plan.specs).toMatchObject([{ name: 'web', args: expect.arrayContaining(['--port', '80']), env: { A: '1' }, instances: 2, cwd: folder }]);
    expect((await planStart(await contextIn(folder), request({ targets: ['sleep'], args: ['5'] }))).specs).toMatchObject([{ name: 'sleep' }]);
  });

  it('takes a word that the engine knows for that process, and one it does not know for a program', async () => {
    const context = await contextIn(await temporaryFolder(), ['sleep']);
    expect(await planStart(context, request({ targets: ['sleep', '@backend', '7'] }))).toMatchObject({ specs: [], selectors: ['sleep', '@backend', '7'] });
    expect((await planStart(context, request({ targets: ['sleep'], args: ['1'] }))).specs).toHaveLength(1);
  });

  it('says what a word could have been', async () => {
    const context = await contextIn(await temporaryFolder(), ['api']);
    await expect(planStart(context, request({ targets: ['no-such-thing'] }))).rejects.toMatchObject({ code: 'nothing-matched' });
    await expect(planStart(context, request({ targets: ['./no-such.js'] }))).rejects.toMatchObject({ code: 'invalid-config' });
    await expect(planStart(context, request({ targets: ['no-such.js'] }))).rejects.toMatchObject({ code: 'invalid-config' });
  });

  it.each<[Partial<StartRequest>, string]>([
    [{ program: { name: 'x', envFile: '.env' } }, '--name, --env-file can be given for a script or command only'],
    [{ targets: ['tspm.yaml'], args: ['x'] }, '-- can be given for a script or command only'],
    [{ targets: ['a.js', 'b.js'], program: { name: 'x' } }, '--name can be given for one target only'],
    [{ targets: ['a.js', 'group=web'], args: ['x'] }, '--group chooses known processes'],
    [{ targets: ['group=web'], program: { namespace: 'x' } }, '--group chooses known processes'],
    [{ targets: ['tspm.yaml', 'group=web'] }, 'of a config, choose with --only'],
    [{ targets: ['sleep', 'group=web'] }, '--group chooses known processes'],
    [{ targets: ['a.js'], only: ['x'] }, '--only chooses from a config'],
  ])('%j does not fit', async (over, message) => {
    await expect(planStart(await contextIn(await temporaryFolder()), request(over))).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(message) });
  });

  it('restricts a config to names and what they depend on', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'tspm.yaml'), config);
    const plan = await planStart(await contextIn(folder), request({ only: ['api'] }));
    expect(plan.specs.map(({ name }) => name)).toEqual(['db', 'api']);
    expect(() => restrict(plan.specs, ['apo'])).toThrow('the config has no process "apo"; did you mean "api"?');
  });
});
