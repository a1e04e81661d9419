// How a supervisor is started, in a way that survives an upgrade of Node and of TSPM: version managers keep each version in a folder of its own
// (nvm, Homebrew's Cellar), and remove it. So a path that stays is remembered beside the one of now, and the first that exists is taken.
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Starter } from '../../shared/model/starter.ts';
import { inspectorFlags } from './inspector-flag.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface StartCommand {
  readonly runtime: string;
  readonly args: readonly string[];
}

/** `command`: arguments of this program's runtime that start a supervisor; its script is the last. null without a script. */
export function starterOf(command: readonly string[], environment: Environment, runtime = process.execPath): Starter | null {
  const script = command.at(-1);
  if (script === undefined) return null;
  const alias = onPath(path.basename(runtime), environment).find((file) => file !== runtime && isSame(file, runtime));
  return { runtimes: alias === undefined ? [runtime] : [runtime, alias], script, flags: command.slice(0, -1), asNode: process.versions['electron'] !== undefined };
}

/** null when nothing is left of what it names, and nothing in its place is on the PATH. */
export function startCommand({ runtimes, script, flags }: Starter, environment: Environment): StartCommand | null {
  const runtime = [...runtimes, ...onPath('node', environment)].find((file) => existsSync(file));
  const beside = onPath('tspm', environment).map((file) => path.join(path.dirname(real(file)), path.basename(script)));
  const program = [script, ...beside].find((file) => existsSync(file));
  if (runtime === undefined || program === undefined) return null;
  // Another version of the runtime may not know them, and would not start.
  const known = runtime === runtimes[0] ? flags : flags.filter((flag) => !inspectorFlags.includes(flag) && !flag.startsWith('--disable-'));
  return { runtime, args: [...known, program] };
}

function onPath(name: string, environment: Environment): readonly string[] {
  const folders = (environment['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, name)).filter((file) => existsSync(file));
}

function isSame(one: string, other: string): boolean {
  return real(one) === real(other);
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    // It is gone.
    return file;
  }
}
