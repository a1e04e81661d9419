import { execFileSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProcessSpec } from '../../../../shared/contract/spec.ts';
import { currentRuntime, resolveProgram } from '../../../../electron/supervisor/config/index.ts';
import { ProgramFinder, searchPlace } from '../../../../electron/supervisor/config/find-program.ts';
import type { Runtime } from '../../../../electron/supervisor/config/index.ts';
import { nameFor } from '../../../../electron/supervisor/config/resolve-program.ts';
import type { Workspace } from './workspace.ts';
import { createWorkspace, nodeRuntime, onlySpec, problemsOf } from './workspace.ts';

interface ScriptCase {
  readonly script: string;
  readonly content?: string;
  readonly fields?: string;
  readonly runtime?: Partial<Runtime>;
  /** Programs on PATH besides those of the system. */
  readonly programs?: readonly string[];
  readonly interpreter: string;
  /** `@` stands for the folder. */
  readonly command: string;
  readonly args: readonly string[];
}

const scripts: readonly ScriptCase[] = [
  { script: 'a.js', interpreter: 'node', command: '/opt/node', args: ['@/a.js'] },
  { script: 'a.mjs', interpreter: 'node', command: '/opt/node', args: ['@/a.mjs'] },
  { script: 'a.cjs', interpreter: 'node', command: '/opt/node', args: ['@/a.cjs'] },
  { script: 'a.js', runtime: { kind: 'electron' }, programs: ['node'], interpreter: 'node', command: 'node', args: ['@/a.js'] },
  { script: 'a.js', fields: 'interpreter: bun', programs: ['bun'], interpreter: 'bun', command: 'bun', args: ['@/a.js'] },
  { script: 'a.ts', runtime: { stripsTypes: true }, interpreter: 'node', command: '/opt/node', args: ['@/a.ts'] },
  { script: 'a.mts', runtime: { stripsTypes: true, kind: 'bun', execPath: '/opt/bun' }, interpreter: 'bun', command: '/opt/bun', args: ['@/a.mts'] },
  { script: 'a.ts', programs: ['tsx'], interpreter: 'tsx', command: 'tsx', args: ['@/a.ts'] },
  { script: 'a.cts', programs: ['tsx'], fields: 'interpreterArgs: [--no-cache]', interpreter: 'tsx', command: 'tsx', args: ['--no-cache', '@/a.cts'] },
  { script: 'a.tsx', programs: ['tsx'], runtime: { stripsTypes: true }, interpreter: 'tsx', command: 'tsx', args: ['@/a.tsx'] },
  { script: 'a.py', programs: ['python3'], interpreter: 'python3', command: 'python3', args: ['@/a.py'] },
  { script: 'a.sh', programs: ['bash'], interpreter: 'bash', command: 'bash', args: ['@/a.sh'] },
  { script: 'a.bash', programs: ['bash'], fields: 'interpreterArgs: [-e]', interpreter: 'bash', command: 'bash', args: ['-e', '@/a.bash'] },
  { script: 'a', content: '#!/usr/bin/env node\n', interpreter: 'node', command: '/opt/node', args: ['@/a'] },
  { script: 'a', content: '#!/usr/bin/env -S node --no-warnings\n', interpreter: 'node', command: '/opt/node', args: ['--no-warnings', '@/a'] },
  { script: 'a', content: '#!/bin/sh -e\n', interpreter: '/bin/sh', command: '/bin/sh', args: ['-e', '@/a'] },
  { script: 'a.rb', content: '#!/usr/bin/env ruby\r\n', programs: ['ruby'], interpreter: 'ruby', command: 'ruby', args: ['@/a.rb'] },
  { script: 'a.sh', content: '#!/bin/sh\n', fields: 'interpreter: none', interpreter: 'none', command: '@/a.sh', args: [] },
  { script: 'a.sh', fields: 'interpreter: /bin/sh', interpreter: '/bin/sh', command: '/bin/sh', args: ['@/a.sh'] },
  { script: 'a.x', fields: 'interpreter: ./mine', interpreter: '@/mine', command: '@/mine', args: ['@/a.x'] },
];

describe.skipIf(process.platform === 'win32')('a script is run by', () => {
  test.each(scripts)('$interpreter: $script $content $fields', async ({ script, content = '', fields, runtime = {}, programs = [], interpreter, command, args }) => {
    const workspace = await createWorkspace();
    await workspace.write(script, content);
    await workspace.write('mine', '#!/bin/sh\n');
    for (const program of programs) await workspace.write(`bin/${program}`, '#!/bin/sh\n');
    await workspace.write('tspm.yaml', `processes:\n  - name: app\n    script: ${script}\n    args: [last]\n${fields === undefined ? '' : `    ${fields}\n`}`);

    const spec = onlySpec(await workspace.load('tspm.yaml', { PATH: path.join(workspace.folder, 'bin') }, runtime));

    const expand = (text: string): string => text.replace('@', workspace.folder);
    expect(spec).toMatchObject({ interpreter: expand(interpreter), command: expand(command), args: [...args.map(expand), 'last'], script: path.join(workspace.folder, script) });
  });

  test('an executable without extension or #! line is run as it is', async () => {
    const workspace = await createWorkspace();
    await symlink(process.execPath, path.join(workspace.folder, 'program'));
    await workspace.write('tspm.yaml', 'processes: [{ name: app, script: program, args: [--version] }]');

    const spec = onlySpec(await workspace.load('tspm.yaml'));

    expect(spec).toMatchObject({ interpreter: 'none', command: path.join(workspace.folder, 'program'), args: ['--version'] });
    expect(run(spec)).toBe(process.version);
  });

  test('TypeScript without type stripping loads the nearest tsx into node, so that the process is the service', async () => {
    const workspace = await createWorkspace();
    await mkdir(path.join(workspace.folder, 'node_modules'));
    await symlink(path.resolve('node_modules/tsx'), path.join(workspace.folder, 'node_modules/tsx'));
    await workspace.write('src/main.ts', 'enum Word { Hello = "hello" }\nconsole.log(Word.Hello, process.ppid);\n');
    await workspace.write('tspm.yaml', 'processes: [{ name: app, script: src/main.ts }]');

    const spec = onlySpec(await workspace.load('tspm.yaml', {}, { ...currentRuntime(), stripsTypes: false }));

    expect(spec).toMatchObject({ interpreter: 'tsx', command: process.execPath });
    expect(run(spec)).toBe(`hello ${process.pid}`);
  });
});

describe.skipIf(process.platform === 'win32')('a command', () => {
  test.each([
    ['a word', 'sleep', 'args: [5]', 'sleep', ['5']],
    ['a path', './bin/tool', 'args: []', '@/bin/tool', []],
    ['an absolute path', '/bin/sh', 'args: [-c, "exit 0"]', '/bin/sh', ['-c', 'exit 0']],
    ['a list', '[echo, "a b", 3]', 'args: [c]', 'echo', ['a b', '3', 'c']],
    ['a list with a path', '[bin/tool, -x]', 'args: []', '@/bin/tool', ['-x']],
    ['a line', 'node server.js --port 3000', 'args: []', 'sh', ['-c', 'exec node server.js --port 3000']],
    ['a line with args', 'node server.js', 'args: ["a b", c]', 'sh', ['-c', 'exec node server.js "$@"', 'sh', 'a b', 'c']],
    ['a line with a variable of the shell', 'echo $HOME', 'args: []', 'sh', ['-c', 'exec echo $HOME']],
    ['a line with an assignment', 'A=1 env', 'args: []', 'sh', ['-c', 'exec env A=1 env']],
    ['a line of the shell itself', 'exit 3', 'args: []', 'sh', ['-c', 'exit 3']],
    ['a line with operators', 'cd /tmp && ls | wc', 'args: []', 'sh', ['-c', 'cd /tmp && ls | wc']],
  ])('%s', async (_title, command, args, program, expected) => {
    const workspace = await createWorkspace();
    await workspace.write('bin/tool', '#!/bin/sh\n');
    await workspace.write('tspm.yaml', `processes:\n  - name: app\n    command: ${command}\n    ${args}\n`);

    const spec = onlySpec(await workspace.load('tspm.yaml'));

    expect(spec).toMatchObject({ command: program.replace('@', workspace.folder), args: expected, script: null, interpreter: null });
  });

  test.each([
    ['node -p process.ppid', String(process.pid)],
    ['WORD="two  words" node -p "process.env.WORD + process.ppid"', `two  words${process.pid}`],
    ['true && echo done; exit 0', 'done'],
  ])('%s runs, and what it names takes the place of the shell', async (command, output) => {
    const workspace = await createWorkspace();
    await workspace.write('tspm.json', JSON.stringify({ processes: [{ name: 'app', command }] }));

    expect(run(onlySpec(await workspace.load('tspm.json')))).toBe(output);
  });

  test('on Windows a line goes to cmd.exe', async () => {
    const workspace = await createWorkspace();
    await workspace.write('tspm.yaml', 'processes: [{ name: app, command: npm run dev }]');

    const spec = onlySpec(await workspace.load('tspm.yaml', {}, { platform: 'win32' }));

    expect(spec).toMatchObject({ command: 'cmd.exe', args: ['/d', '/s', '/c', 'npm run dev'] });
  });
});

test('PATH is searched as Windows does: any case of its name, endings from PATHEXT', async () => {
  const workspace = await createWorkspace();
  const tool = await workspace.write('bin/tool.CMD', '#!/bin/sh\n');
  const place = searchPlace({ Path: path.join(workspace.folder, 'bin') }, { PATH: '/none', PATHEXT: '.EXE;.CMD' }, 'win32');

  expect(await new ProgramFinder().find('tool', place)).toBe(tool);
  expect(await new ProgramFinder().find('other', place)).toBeNull();
});

describe('resolveProgram', () => {
  const resolve = (workspace: Workspace, target: string, more: object = {}) =>
    resolveProgram({ target, args: [], cwd: workspace.folder, ...more }, { env: { PATH: '/usr/bin:/bin' }, runtime: nodeRuntime });

  test('a script with everything a caller can say', async () => {
    const workspace = await createWorkspace();
    const script = await workspace.write('src/my server.js', '');
    await workspace.write('.env', 'A=file\nB=file\n');

    const spec = onlySpec(await resolve(workspace, 'src/my server.js', { name: 'web', args: ['--x', '${NOT_EXPANDED}'], instances: 'max', env: { A: 'own' }, envFile: '.env', namespace: 'shop' }));

    expect(spec).toMatchObject({ name: 'web', command: '/opt/node', args: [script, '--x', '${NOT_EXPANDED}'], instances: 4, env: { A: 'own', B: 'file' }, namespace: 'shop', cwd: workspace.folder });
    expect(spec.source).toMatchObject({ kind: 'program', request: { target: 'src/my server.js' } });
  });

  test.each([
    ['server.js', 'server'], ['./dist/my app.mjs', 'my'], ['/usr/bin/.hidden', 'hidden'], ['übung.py', 'bung'], ['...', 'process'], ['x'.repeat(90), 'x'.repeat(64)],
  ])('names %s after itself', (target, name) => {
    expect(nameFor(target)).toBe(name);
  });

  test.skipIf(process.platform === 'win32')('a program on PATH, and a line for the shell', async () => {
    const workspace = await createWorkspace();

    expect(onlySpec(await resolve(workspace, 'sleep', { args: ['5'] }))).toMatchObject({ name: 'sleep', command: 'sleep', args: ['5'] });
    expect(onlySpec(await resolve(workspace, 'sleep 5 && echo'))).toMatchObject({ name: 'sleep', command: 'sh', args: ['-c', 'sleep 5 && echo'] });
  });

  test.each([
    ['nothing', {}, '"nothing" is neither a file nor a program on PATH'],
    ['folder', {}, '"folder" is a folder'],
    ['./folder', {}, '/folder is a folder'],
    ['./none.js', {}, 'the script "./none.js" does not exist'],
    ['run.js', { name: 'a/b' }, 'name must be 1 to 64 letters'],
    ['run.js', { instances: -1 }, 'instances must be a whole number from 1 to 512'],
    ['run.js', { interpreter: 'no-such-program' }, 'the interpreter "no-such-program"'],
    ['run.js', { envFile: 'none' }, 'the env file'],
    ['run.js', { env: { 'A=B': 'x' } }, '"A=B" must be the name of a variable'],
  ])('says what is wrong with %s %j', async (target, more, message) => {
    const workspace = await createWorkspace();
    await workspace.write('run.js', '');
    await workspace.write('folder/inside', '');

    const problems = problemsOf(await resolve(workspace, target, more));

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: 'command line', line: 0, column: 0, frame: '' });
    expect(problems[0]?.message).toContain(message);
  });
});

function run({ command, args, cwd, env }: ProcessSpec): string {
  return execFileSync(command, args, { cwd, env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8' }).trim();
}
