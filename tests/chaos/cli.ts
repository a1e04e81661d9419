// The real command line, as a person uses it: each call has to end in time, and to say why when it did not work.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { World } from './world.ts';

export interface Call {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** It had to be ended. */
  readonly hung: boolean;
}

const trace = /\n\s+at .+:\d+:\d+/;

/** Runs `tspm …argv`. A call that hangs, or fails without words or with a stack trace, is a violation. */
export async function runCli(world: World, limitMs: number, argv: readonly string[]): Promise<Call> {
  const { history, programs, folder, paths } = world;
  const shown = `tspm ${argv.join(' ')}`;
  const begin = performance.now();
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, TSPM_HOME: paths.home };
  const child = spawn(process.execPath, [programs.cli, ...argv], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr, hung] = ['', '', false];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const timer = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, limitMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  const took = `${((performance.now() - begin) / 1000).toFixed(1)} s`;
  const said = (stderr || stdout).trim().split('\n').slice(-2).join(' ⏎ ').slice(0, 300);
  history.note(`${shown} → ${hung ? 'hung' : code} after ${took}${code === 0 ? '' : `: ${said}`}`);
  if (hung) history.violated('commands end', `${shown} did not end within ${limitMs / 1000} s`);
  else if (code !== 0 && stderr.trim() === '' && stdout.trim() === '') history.violated('commands speak', `${shown} failed with ${code ?? 'a signal'} and said nothing`);
  if (trace.test(stderr)) history.violated('commands speak', `${shown} printed a stack trace: ${stderr.slice(0, 600)}`);
  return { code, stdout, stderr, hung };
}
