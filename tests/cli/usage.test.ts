import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliHome } from '../helpers/cli-home.ts';

describe('what cannot be understood', () => {
  it.each<[readonly string[], string]>([
    [['lsit'], 'unknown command "lsit"; did you mean "list"?'],
    [['frobnicate'], 'unknown command "frobnicate"\n'],
    [['\u001B[2J'], 'unknown command "\\x1b[2J"'],
    [['--verson'], 'unknown option "--verson"'],
    [['list', '--jsno'], 'unknown option "--jsno"; did you mean "--json"?'],
    [['list', '-x'], 'unknown option "-x"'],
    [['stop'], 'which processes? Give selectors'],
    [['stop', '--all', 'api'], 'give selectors or --all, not both'],
    [['flush'], 'which processes?'],
    [['describe'], 'which process?'],
    [['env'], 'which process?'],
    [['stop', '--all', '--group', 'web'], 'give selectors or --all, not both'],
    [['stop', '--group'], '--group needs a value: --group <name>'],
    [['signal'], 'an argument is missing'],
    [['signal', 'SIGHUB', 'api'], 'unknown signal "SIGHUB"; did you mean "SIGHUP"?'],
    [['signal', 'HUP'], 'which processes?'],
    [['status', 'extra'], 'too many arguments, from "extra" on'],
    [['list', '--', 'x'], 'nothing may follow "--"'],
    [['logs', '--lines', 'many'], '--lines takes a whole number from 0 to'],
    [['logs', '--lines'], '--lines needs a value'],
    [['logs', '--grep', '('], '--grep: Invalid regular expression'],
    [['logs', '--since', 'yesterday'], '--since takes a duration'],
    [['start', 'x.js', '--instances', '0'], '--instances takes a number from 1 or "max"'],
    [['start', 'x.js', '--env', 'NOVALUE'], '--env takes NAME=value'],
    [['start', 'x.js', '--port', '80'], 'Options for the program itself go after --'],
    [['start', 'tspm.yaml', '--name', 'x'], '--name can be given for a script or command only'],
    [['start', 'x.js', '--group', 'web', '--', 'y'], '--group chooses known processes'],
    [['start', 'tspm.yaml', '--group', 'web'], 'of a config, choose with --only'],
    [['scale'], 'an argument is missing: tspm scale <name> <count | +n | -n | max>'],
    [['scale', 'api'], 'an argument is missing'],
    [['scale', '-1'], 'an argument is missing'],
    [['scale', 'api', '0'], 'a process has at least 1 instance: to have none, tspm stop <name>'],
    [['scale', 'api', '+0'], '"+0" changes nothing: give +1 or more'],
    [['scale', 'api', 'abc'], 'how many instances? 4 (that many), +2 (more), -1 (fewer) or max'],
    [['scale', 'api', '1.5'], 'how many instances?'],
    [['scale', 'api', '-1.5'], 'how many instances?'],
    [['scale', 'api', '513'], 'a process can have at most 512 instances'],
    [['scale', 'api', '-x'], 'unknown option "-x"'],
    [['scale', 'api', '1', '2'], 'too many arguments, from "2" on'],
    [['scale', '@shop', '2'], '"@shop" is not a name'],
    [['groups', 'web'], 'too many arguments'],
    [['help', 'lgos'], 'unknown command "lgos"; did you mean "logs"?'],
  ])('%j: exit code 2 and a way on', async (argv, message) => {
    const { run } = await cliHome();
    const people = await run(...argv);
    expect(people).toMatchObject({ code: 2, stdout: '' });
    expect(people.stderr).toContain(message);
    expect(people.stderr).not.toMatch(/^\s+at /m);
    const programs = await run(...argv, ...(argv.includes('--') ? [] : ['--json']));
    if (argv.includes('--')) return;
    expect(programs.code).toBe(2);
    expect(JSON.parse(programs.stdout)).toEqual({ error: { code: 'invalid-input', message: expect.any(String) } });
  });
});

describe('without an engine', () => {
  it('shows an empty list and an idle status, and starts nothing', async () => {
    const { run, json } = await cliHome();
    expect(await json('list')).toEqual([]);
    expect((await run('list')).stdout).toContain('No processes.');
    expect(await json('status')).toMatchObject({ owner: null, shim: null, notices: [], counts: { online: 0, errored: 0 } });
    expect((await run('status')).stdout).toContain('not running');
    expect(await json('cluster')).toEqual([]);
    expect((await run('clusters')).stdout).toContain('No clusters.');
    expect(await json('groups')).toEqual([]);
    expect((await run('groups')).stdout).toContain('No processes.');
    expect(await json('kill')).toEqual({ running: false, stopped: 0 });
  });

  it.each([['stop', 'api'], ['restart', '--all'], ['reload', 'api'], ['delete', 'api'], ['flush', '--all'], ['reset', 'api'], ['signal', 'HUP', 'api'], ['describe', 'api'], ['env', 'api'], ['logs'], ['list', 'api'], ['start', '@none'], ['start', '--group', 'web'], ['stop', '--group', 'web'], ['logs', '--group', 'web'], ['cluster', 'api'], ['scale', 'api', '-1'], ['scale', 'api', '2']])(
    '%s %s: nothing matched',
    async (...argv) => {
      const { run } = await cliHome();
      expect(await run(...argv)).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('nothing matches') });
      const { code, stdout } = await run(...argv, '--json');
      expect([code, JSON.parse(stdout)]).toMatchObject([3, { error: { code: 'nothing-matched' } }]);
    },
  );

  it('says when a home cannot be used', async () => {
    const { write, runWith } = await cliHome();
    const file = await write('file', '');
    const { code, stderr } = await runWith({ TSPM_HOME: path.join(file, 'home') }, 'start', 'sleep', '--', '1');
    expect(code).toBe(4);
    expect(stderr).toContain(file);
  });
});

describe('something else behind the socket', () => {
  it.each([
    ['SSH-2.0-x\r\n\r\n', 'does not speak HTTP/1.1'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello\n', 'cannot be understood'],
    ['HTTP/1.1 409 Conflict\r\nConnection: close\r\n\r\n{"error":{"code":"protocol-mismatch","message":"This engine speaks contract 7"}}\n', 'This engine speaks contract 7'],
  ])('%#: exit code 4', async (bytes, message) => {
    const { paths, run } = await cliHome();
    await mkdir(paths.home);
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(bytes));
    });
    server.listen(paths.controlSocket);
    await once(server, 'listening');
    expect(await run('list')).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining(message) });
    server.close();
    await once(server, 'close');
  });
});

describe('configs', () => {
  it('init writes one that validates, once', async () => {
    const { run, json, folder } = await cliHome();
    expect((await run('init')).code).toBe(0);
    expect(await run('init')).toMatchObject({ code: 1, stderr: expect.stringContaining('tspm init --force replaces it') });
    expect(await json('init', '--force')).toEqual({ file: path.join(folder, 'tspm.yaml') });
  });

  it('validate says what is right and what is wrong', async () => {
    const { run, write } = await cliHome();
    expect(await run('validate')).toMatchObject({ code: 2, stderr: expect.stringContaining('tspm init') });
    const file = await write('tspm.yaml', 'processes:\n  - { name: api, command: sleep 1, instances: 2 }\n');
    expect((await run('validate')).stdout).toContain('1 process, 2 instances');
    expect(JSON.parse((await run('validate', '--json')).stdout)).toMatchObject({ ok: true, file, processes: [{ name: 'api', instances: 2 }], problems: [] });
    await write('tspm.yaml', 'processes:\n  - { name: api, comand: sleep 1 }\n');
    const broken = await run('validate');
    expect(broken).toMatchObject({ code: 2, stdout: '' });
    expect(broken.stderr).toMatch(/tspm\.yaml:2:\d+/);
    const { code, stdout } = await run('validate', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { ok: false, problems: expect.arrayContaining([expect.objectContaining({ line: 2 })]) }]);
  });

  it('a broken one starts nothing, not even the engine', async () => {
    const { run, write, json } = await cliHome();
    await write('tspm.yaml', 'processes: [{ name: "../x", command: sleep }]\n');
    expect(await run('start')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('nothing was started') });
    const { code, stdout } = await run('start', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { code: 'invalid-config', data: { problems: [{ line: 1 }] } } }]);
    expect(await json('status')).toMatchObject({ owner: null });
  });
});

describe('the current folder', () => {
  it('may be gone', async () => {
    const { shell } = await cliHome();
    expect(await shell('mkdir gone; cd gone; rmdir ../gone; "$TSPM" list; "$TSPM" start')).toMatchObject({ code: 1, stdout: expect.stringContaining('No processes.'), stderr: expect.stringContaining('does not exist any more') });
  });
});
