import { execFileSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findConfig, formatProblems, loadConfig } from '../../../../electron/supervisor/config/index.ts';
import { configJsonSchema } from '../../../../electron/supervisor/config/json-schema.ts';
import { createWorkspace, problemsOf } from './workspace.ts';

describe('a file that cannot be a config', () => {
  test.each([
    ['is missing', 'tspm.yaml', null, 'does not exist'],
    ['is larger than 1 MiB', 'tspm.yaml', Buffer.alloc(1024 * 1024 + 1, '#'), 'is larger than 1 MiB'],
    ['is not UTF-8', 'tspm.yaml', Buffer.from([0x61, 0x3a, 0x0a, 0x62, 0xff]), 'is not UTF-8 text (line 2)'],
    ['is UTF-16', 'tspm.yaml', Buffer.from('\ufeffprocesses:', 'utf16le'), 'is not UTF-8 text'],
    ['has another extension', 'tspm.toml', Buffer.from(''), 'is no config file'],
    ['lies below a file', 'a/../b.yaml/tspm.yaml', null, 'does not exist'],
  ])('%s', async (_title, name, content, message) => {
    const workspace = await createWorkspace();
    await workspace.write('b.yaml', '');
    if (content !== null) await workspace.write(name, content);

    const [problem, ...others] = problemsOf(await workspace.load(name));

    expect(problem).toMatchObject({ file: path.join(workspace.folder, name), line: 0, column: 0, frame: '' });
    expect(problem?.message).toContain(message);
    expect(others).toEqual([]);
  });

  test('is a folder', async () => {
    const workspace = await createWorkspace();
    await mkdir(path.join(workspace.folder, 'tspm.yaml'));

    expect(problemsOf(await workspace.load('tspm.yaml'))[0]?.message).toContain('is a folder');
  });

  test.skipIf(process.platform === 'win32')('is a pipe: it is refused without waiting for a writer', async () => {
    const workspace = await createWorkspace();
    execFileSync('mkfifo', [path.join(workspace.folder, 'tspm.yaml')]);

    expect(problemsOf(await workspace.load('tspm.yaml'))[0]?.message).toContain('is not a regular file');
  });

  test('a file of exactly 1 MiB is read', async () => {
    const workspace = await createWorkspace();
    await workspace.write('run.js', '');
    const head = 'processes: [{ name: app, script: run.js }]\n#';
    await workspace.write('tspm.yaml', head + '-'.repeat(1024 * 1024 - head.length));

    expect(await workspace.load('tspm.yaml')).toMatchObject({ ok: true });
  });
});

describe('findConfig', () => {
  test('walks up and takes the names in their order', async () => {
    const workspace = await createWorkspace();
    const inner = path.join(workspace.folder, 'a/b');
    await mkdir(inner, { recursive: true });
    const jsonc = await workspace.write('tspm.jsonc', '');
    expect(await findConfig(inner)).toBe(jsonc);
    const yml = await workspace.write('tspm.yml', '');
    await workspace.write('tspm.json', '');
    expect(await findConfig(inner)).toBe(yml);
    await mkdir(path.join(inner, 'tspm.yaml'));
    expect(await findConfig(inner)).toBe(yml);
    const nearer = await workspace.write('a/tspm.json', '');
    expect(await findConfig(inner)).toBe(nearer);
  });

  test('finds nothing in a tree without one', async () => {
    expect(await findConfig(path.parse(process.cwd()).root)).toBeNull();
  });
});

describe('formatProblems', () => {
  test('shows place, frame with caret, and hint', async () => {
    const workspace = await createWorkspace();
    await workspace.write('run.js', '');
    const file = await workspace.write('tspm.yaml', 'processes:\n  - name: app\n    script: run.js\n    prot: 3000\n');
    const result = await loadConfig(file, { env: {} });

    expect(formatProblems(problemsOf(result), { cwd: workspace.folder })).toBe(
      [
        'tspm.yaml:4:5: unknown key "prot"',
        '  3 |     script: run.js',
        '> 4 |     prot: 3000',
        '    |     ^^^^',
        '  5 |',
        '  hint: did you mean "port"?',
      ].join('\n'),
    );
    expect(formatProblems(problemsOf(result), { cwd: path.join(workspace.folder, 'other'), paint: (part, text) => (part === 'place' ? `<${text}>` : text) }))
      .toContain(`<${file}:4:5>: unknown`);
  });

  test('cuts long lines around the caret', async () => {
    const workspace = await createWorkspace();
    await workspace.write('tspm.yaml', `{ ${' '.repeat(5000)}oops: 1${' '.repeat(5000)}}`);

    const [problem] = problemsOf(await workspace.load('tspm.yaml')).filter(({ message }) => message.includes('oops'));

    const [line = '', caret = ''] = problem?.frame.split('\n') ?? [];
    expect(line.length).toBeLessThan(120);
    expect(line.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe('oops');
  });
});

test('resources/tspm.schema.json is what the schema generates (npm run schema writes it)', async () => {
  expect(JSON.parse(await readFile('resources/tspm.schema.json', 'utf8'))).toEqual(configJsonSchema());
});

test('the JSON Schema has a description for every field of a process', () => {
  const { properties } = JSON.parse(JSON.stringify(configJsonSchema())) as { properties: { processes: { items: { properties: Record<string, { description?: string }> } } } };
  const fields = Object.entries(properties.processes.items.properties);

  expect(fields.filter(([, { description }]) => description === undefined).map(([key]) => key)).toEqual([]);
  expect(fields.length).toBeGreaterThan(25);
});
