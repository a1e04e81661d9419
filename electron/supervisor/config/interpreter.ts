// Which program runs a script: the one that was asked for, else by extension, else by the #! line.
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorCode } from '../../../shared/model/failure.ts';
import type { ProgramFinder, SearchPlace } from './find-program.ts';
import { isExecutable, kindOf } from './find-program.ts';
import { quote, showPath } from './printable.ts';
import type { Runtime } from './runtime.ts';

export interface Launch {
  readonly command: string;
  /** Before the arguments of the process itself. */
  readonly args: readonly string[];
  readonly interpreter: string | null;
}

export type Launched = { readonly ok: true; readonly launch: Launch } | { readonly ok: false; readonly message: string; readonly hint: string };

export interface Surroundings {
  readonly runtime: Runtime;
  readonly programs: ProgramFinder;
  readonly place: SearchPlace;
  readonly cwd: string;
}

const byExtension: Readonly<Record<string, string>> = {
  '.js': 'node', '.mjs': 'node', '.cjs': 'node',
  '.ts': 'typescript', '.mts': 'typescript', '.cts': 'typescript',
  '.tsx': 'tsx', '.jsx': 'tsx',
  '.py': 'python3', '.sh': 'bash', '.bash': 'bash',
};

/** `script` is an absolute path of a file that exists; `wanted` is what the config names, or null for automatic. */
export async function launchScript(script: string, wanted: string | null, interpreterArgs: readonly string[], where: Surroundings): Promise<Launched> {
  if (wanted !== null) return runWith(wanted, [...interpreterArgs, script], script, where);
  const known = byExtension[path.extname(script).toLowerCase()];
  if (known === 'typescript') return runTypeScript(interpreterArgs, script, where);
  if (known !== undefined) return runWith(known, [...interpreterArgs, script], script, where);
  const [program, ...options] = await shebang(script);
  if (program !== undefined) return runWith(program, [...options, ...interpreterArgs, script], script, where);
  if (await isExecutable(script)) return runWith('none', [...interpreterArgs, script], script, where);
  return {
    ok: false,
    message: `cannot tell what runs ${showPath(script)}: it has no known extension, no #! line, and is not executable`,
    hint: 'set "interpreter", or make the file executable',
  };
}

async function runWith(name: string, args: readonly string[], script: string, where: Surroundings): Promise<Launched> {
  if (name === 'none') return launchDirectly(script, args.slice(0, -1));
  if (name === 'tsx') return runTsx(args, script, where);
  if (name === 'node' && where.runtime.kind === 'node') return launched(where.runtime.execPath, args, name);
  if (name === 'bun' && where.runtime.kind === 'bun') return launched(where.runtime.execPath, args, name);
  if (name.includes('/') || (where.runtime.platform === 'win32' && name.includes('\\'))) return runOwn(name, args, where);
  for (const candidate of [name, ...(alternatives[name] ?? [])]) {
    if ((await where.programs.find(candidate, where.place)) !== null) return launched(candidate, args, candidate);
  }
  return { ok: false, message: `the interpreter ${quote(name)} of ${showPath(script)} is not on PATH`, hint: `install ${name}, or set "interpreter" to the path of a program` };
}

/** Windows installs Python as `python`; small systems have sh and no bash. */
const alternatives: Readonly<Record<string, readonly string[]>> = { python3: ['python'], bash: ['sh'] };

async function launchDirectly(script: string, args: readonly string[]): Promise<Launched> {
  if (await isExecutable(script)) return launched(script, args, 'none');
  return { ok: false, message: `${showPath(script)} is not executable`, hint: `chmod +x it, or set "interpreter"` };
}

async function runOwn(name: string, args: readonly string[], { cwd }: Surroundings): Promise<Launched> {
  const program = path.resolve(cwd, name);
  if (await isExecutable(program)) return launched(program, args, program);
  const kind = await kindOf(program);
  const what = kind === 'missing' ? 'does not exist' : kind === 'folder' ? 'is a folder' : 'is not executable';
  return { ok: false, message: `the interpreter ${showPath(program)} ${what}`, hint: 'give the path of a program, or a name such as node or python3' };
}

async function runTypeScript(interpreterArgs: readonly string[], script: string, where: Surroundings): Promise<Launched> {
  const args = [...interpreterArgs, script];
  if (where.runtime.stripsTypes && where.runtime.kind !== 'electron') return runWith(where.runtime.kind, args, script, where);
  return runTsx(args, script, where);
}

/** Loaded into node itself where it can be: the `tsx` command would put a second process between TSPM and the service. */
async function runTsx(args: readonly string[], script: string, where: Surroundings): Promise<Launched> {
  const loader = nearestTsxLoader(script);
  if (loader !== null) {
    const node = await runWith('node', ['--import', pathToFileURL(loader).href, ...args], script, where);
    return node.ok ? launched(node.launch.command, node.launch.args, 'tsx') : node;
  }
  if ((await where.programs.find('tsx', where.place)) !== null) return launched('tsx', args, 'tsx');
  return {
    ok: false,
    message: `nothing here runs ${showPath(script)}: this Node does not strip types, and tsx is neither in a node_modules above the script nor on PATH`,
    hint: 'npm install --save-dev tsx, or set "interpreter"',
  };
}

function nearestTsxLoader(script: string): string | null {
  try {
    return createRequire(script).resolve('tsx');
  } catch (error) {
    // Not installed, or installed without its files: PATH is next.
    if (errorCode(error) === undefined) throw error;
    return null;
  }
}

/** The words after `#!`, with `/usr/bin/env` taken away; empty when there is no such line. */
async function shebang(script: string): Promise<readonly string[]> {
  const bytes = Buffer.alloc(256);
  let length = 0;
  try {
    const handle = await open(script, 'r');
    try {
      length = (await handle.read(bytes, 0, bytes.length, 0)).bytesRead;
    } finally {
      await handle.close();
    }
  } catch {
    // A program that may be run but not read (mode 0711) has no #! line for us.
    return [];
  }
  const line = /^#!([^\n]*)/.exec(bytes.toString('utf8', 0, length))?.[1]?.trim() ?? '';
  const words = line.split(/\s+/).filter((part) => part !== '');
  if (path.posix.basename(words[0] ?? '') !== 'env') return words;
  return words.slice(words[1] === '-S' ? 2 : 1);
}

function launched(command: string, args: readonly string[], interpreter: string | null): Launched {
  return { ok: true, launch: { command, args, interpreter } };
}
