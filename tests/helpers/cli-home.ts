// The built CLI as a user runs it, in a home and a folder of its own, of which nothing is left afterwards.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { homeId, homePaths } from '../../electron/platform/home.ts';
import { findMarkedProcesses } from '../../electron/platform/process-identity.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import { temporaryFolder } from './temporary.ts';
import { waitFor } from './wait-for.ts';

export const cliFile = fileURLToPath(new URL('../../out/tspm.cjs', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it has printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Waits until stdout or stderr holds this text. */
  printed(text: string): Promise<void>;
  readonly ended: Promise<Ran>;
}

export interface CliHome {
  /** The folder in which commands run. */
  readonly folder: string;
  readonly paths: HomePaths;
  readonly env: Readonly<Record<string, string>>;
  /** Writes a file into the folder and gives its path. */
  write(name: string, content: string): Promise<string>;
  run(...argv: readonly string[]): Promise<Ran>;
  runWith(env: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Ran>;
  spawn(...argv: readonly string[]): Running;
  /** Runs a line of sh in which "$TSPM" is the CLI. */
  shell(line: string): Promise<Ran>;
  /** stdout of a command with --json, parsed; the exit code must be 0. */
  json<Value>(...argv: readonly string[]): Promise<Value>;
  list(): Promise<readonly ProcessSnapshot[]>;
}

export async function cliHome(): Promise<CliHome> {
  const root = await temporaryFolder();
  const folder = path.join(root, 'work');
  await mkdir(folder);
  const paths = homePaths({ TSPM_HOME: path.join(root, 'home') });
  const env = { PATH: process.env['PATH'] ?? '', HOME: root, TSPM_HOME: paths.home, TSPM: cliFile };

  function start(command: string, argv: readonly string[], over: Readonly<Record<string, string>> = {}): Running {
    const child = spawn(command, argv, { cwd: folder, env: { ...env, ...over } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.end();
    return {
      child,
      stdout: () => stdout,
      stderr: () => stderr,
      printed: async (text) => void (await waitFor(() => stdout.includes(text) || stderr.includes(text), { what: `"${text}" in ${JSON.stringify(argv)}`, timeoutMs: 15_000 })),
      ended: once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr })),
    };
  }

  const runWith: CliHome['runWith'] = (over, ...argv) => start(process.execPath, [cliFile, ...argv], over).ended;
  const run: CliHome['run'] = (...argv) => runWith({}, ...argv);
  const json = async <Value>(...argv: readonly string[]): Promise<Value> => {
    const ran = await run('--json', ...argv);
    expect(ran, argv.join(' ')).toMatchObject({ code: 0 });
    return JSON.parse(ran.stdout) as Value;
  };

  onTestFinished(async () => {
    await run('kill');
    await waitFor(async () => (await findMarkedProcesses(homeId(paths.home))).length === 0, { what: 'all services to end' });
  });

  return {
    folder,
    paths,
    env,
    run,
    runWith,
    json,
    spawn: (...argv) => start(process.execPath, [cliFile, ...argv]),
    shell: (line) => start('sh', ['-c', line.replaceAll('"$TSPM"', `"${process.execPath}" "$TSPM"`)]).ended,
    list: () => json('list'),
    async write(name, content) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
      return file;
    },
  };
}
