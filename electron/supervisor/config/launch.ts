// What is executed for a process: checks its folder and its script or command, and names the program and arguments.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Candidate } from './candidate.ts';
import { fieldRange } from './candidate.ts';
import { launchCommand } from './command-line.ts';
import { nearest } from '../../../shared/model/did-you-mean.ts';
import type { ProgramFinder } from './find-program.ts';
import type { Launch, Launched, Surroundings } from './interpreter.ts';
import { launchScript } from './interpreter.ts';
import type { View } from './located.ts';
import { entryOf, validItems } from './located.ts';
import type { ProblemList } from './problem.ts';
import { quote, showPath } from './printable.ts';
import { textOf } from './process-environment.ts';

export interface PreparedLaunch extends Launch {
  readonly cwd: string;
  readonly script: string | null;
}

/** null when something is wrong; it is in `problems` then. `folder` is what a relative cwd starts from. */
export async function prepareLaunch(
  candidate: Candidate,
  folder: string,
  where: Omit<Surroundings, 'cwd'>,
  view: View,
  problems: ProblemList,
): Promise<PreparedLaunch | null> {
  const { fields } = candidate;
  const cwd = path.resolve(folder, fields.cwd ?? '.');
  if (!(await checkFolder(candidate, cwd, where.programs, problems))) return null;
  const surroundings = { ...where, cwd };
  const args = words(candidate, 'args', view);
  if (fields.script !== undefined) {
    const script = path.resolve(cwd, fields.script);
    if (!(await checkScript(candidate, fields.script, script, where.programs, problems))) return null;
    const launched = await launchScript(script, fields.interpreter ?? null, words(candidate, 'interpreterArgs', view), surroundings);
    const key = entryOf(candidate.merged, 'interpreter') === undefined ? 'script' : 'interpreter';
    return accept(launched, { cwd, script, args }, () => fieldRange(candidate, key), problems);
  }
  if (fields.command === undefined) return null;
  const command = typeof fields.command === 'string' ? fields.command : words(candidate, 'command', view);
  const launched = await launchCommand(command, args, surroundings);
  return accept(launched, { cwd, script: null, args: [] }, () => fieldRange(candidate, 'command'), problems);
}

function accept(
  launched: Launched,
  { cwd, script, args }: { readonly cwd: string; readonly script: string | null; readonly args: readonly string[] },
  range: () => ReturnType<typeof fieldRange>,
  problems: ProblemList,
): PreparedLaunch | null {
  if (launched.ok) return { ...launched.launch, args: [...launched.launch.args, ...args], cwd, script };
  problems.add(range(), launched.message, launched.hint);
  return null;
}

async function checkFolder(candidate: Candidate, cwd: string, programs: ProgramFinder, problems: ProblemList): Promise<boolean> {
  const kind = await programs.kind(cwd);
  if (kind === 'folder') return true;
  const what = kind === 'missing' ? 'does not exist' : 'is not a folder';
  problems.add(fieldRange(candidate, 'cwd'), `the folder ${showPath(cwd)} ${what}`, 'a relative cwd starts from the folder of the config file');
  return false;
}

async function checkScript(
  candidate: Candidate,
  written: string,
  script: string,
  programs: ProgramFinder,
  problems: ProblemList,
): Promise<boolean> {
  const kind = await programs.kind(script);
  if (kind === 'file') return true;
  const range = fieldRange(candidate, 'script');
  if (kind === 'folder') problems.add(range, `the script ${showPath(script)} is a folder`, 'name the file to run in it');
  else if (kind === 'other') problems.add(range, `the script ${showPath(script)} is not a regular file`);
  else problems.add(range, `the script ${quote(written)} does not exist (looked for ${showPath(script)})`, await similarFile(script));
  return false;
}

async function similarFile(script: string): Promise<string> {
  try {
    const match = nearest(path.basename(script), (await readdir(path.dirname(script))).slice(0, 1000));
    if (match !== null) return `did you mean ${quote(match)}?`;
  } catch {
    // The folder is missing too: there is nothing similar to name.
  }
  return 'a relative script starts from cwd, which is the folder of the config file if not given';
}

function words({ merged }: Candidate, key: string, view: View): string[] {
  const node = entryOf(merged, key)?.value;
  return node === undefined || view.invalid.has(node) ? [] : validItems(node, view).flatMap((item) => textOf(item) ?? []);
}
