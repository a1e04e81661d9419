// A project with the real `npm start` and Electron's real package, whose program is a small stand-in that a mirror serves.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { zip } from './zip.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface StartProject {
  readonly folder: string;
  /** What the mirror has to serve. */
  readonly archive: Buffer;
  readonly archiveName: string;
  /** Where the downloader keeps what is not whole. */
  leftInTemporary(): Promise<readonly string[]>;
  start(node: string, env?: Readonly<Record<string, string>>): Started;
  /** Runs some lines of a module with `electron` and `fetchElectron` in reach. */
  script(node: string, lines: string, env: Readonly<Record<string, string>>): Started;
}

export interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: () => string;
  printed(text: string): Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

export async function startProject(program = '#!/bin/sh\necho "electron runs $#, NODE_OPTIONS=$NODE_OPTIONS"\n'): Promise<StartProject> {
  const folder = await temporaryFolder();
  const [modules, temporary] = [path.join(folder, 'node_modules'), path.join(folder, 'tmp')];
  const electron = path.join(modules, 'electron');
  await cp(path.join(root, 'start'), path.join(folder, 'start'), { recursive: true });
  await Promise.all([electron, temporary, path.join(folder, 'out')].map((one) => mkdir(one, { recursive: true })));
  await writeFile(path.join(folder, 'out/tspm.cjs'), "console.log(`tspm ${process.argv.slice(2).join(' ')}`); process.exit(process.argv[3] === undefined ? 7 : 0);\n");
  for (const name of ['package.json', 'install.js', 'index.js']) await cp(path.join(root, 'node_modules/electron', name), path.join(electron, name));
  for (const scope of ['@electron', '@electron-internal']) await symlink(path.join(root, 'node_modules', scope), path.join(modules, scope));

  const { version } = JSON.parse(await readFile(path.join(electron, 'package.json'), 'utf8')) as { version: string };
  const archiveName = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const archive = zip([
    { name: 'version', content: version, mode: 0o644 },
    { name: 'electron', content: program, mode: 0o755 },
    // Large enough to come in parts.
    { name: 'resources/app.pak', content: 'x'.repeat(3_000_000), mode: 0o644 },
  ]);
  await writeFile(path.join(electron, 'checksums.json'), JSON.stringify({ [archiveName]: createHash('sha256').update(archive).digest('hex') }));

  function run(node: string, argv: readonly string[], env: Readonly<Record<string, string>>): Started {
    const base = { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: temporary, electron_config_cache: path.join(folder, 'cache'), DISPLAY: ':77' };
    const child = spawn(node, argv, { cwd: folder, env: { ...base, ...env } });
    onTestFinished(() => void child.kill('SIGKILL'));
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    return {
      child,
      output: () => output,
      printed: async (text) => void (await waitFor(() => output.includes(text), { what: `"${text}"`, timeoutMs: 20_000 })),
      ended: once(child, 'close').then(([code]) => ({ code: code as number | null, output })),
    };
  }

  return {
    folder,
    archive,
    archiveName,
    leftInTemporary: () => readdir(temporary),
    start: (node, env = {}) => run(node, [path.join(folder, 'start/main.mjs')], env),
    script(node, lines, env) {
      const imports = "import { electronPackage } from './start/electron-package.mjs';\nimport { fetchElectron } from './start/fetch-electron.mjs';\nconst electron = electronPackage('node_modules/electron');\n";
      return run(node, ['--input-type=module', '-e', `${imports}${lines}`], env);
    },
  };
}
