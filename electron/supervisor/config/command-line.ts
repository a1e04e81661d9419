// `command`: a word or path is run as it is, anything else goes through the shell, which gives way to the program.
import path from 'node:path';
import { isExecutable, kindOf } from './find-program.ts';
import type { Launched, Surroundings } from './interpreter.ts';
import { quote, showPath } from './printable.ts';

/** A list is run without a shell; a text only with one when it holds anything but a word or path. */
export async function launchCommand(command: string | readonly string[], args: readonly string[], where: Surroundings): Promise<Launched> {
  if (typeof command !== 'string') {
    const [program = '', ...rest] = command;
    return launchProgram(program, [...rest, ...args], where);
  }
  const line = command.trim();
  const isWord = where.runtime.platform === 'win32' ? /^[\w@+:,.\\/-]+$/.test(line) : /^[\w@%+:,./-]+$/.test(line);
  return isWord ? launchProgram(line, args, where) : launchShell(line, args, where);
}

async function launchProgram(program: string, args: readonly string[], where: Surroundings): Promise<Launched> {
  const isPath = program.includes('/') || (where.runtime.platform === 'win32' && program.includes('\\'));
  if (!isPath) {
    if (program !== '' && (await where.programs.find(program, where.place)) !== null) return launched(program, args);
    return { ok: false, message: `the program ${quote(program)} is not on PATH`, hint: 'install it, or give its path' };
  }
  const file = path.resolve(where.cwd, program);
  if (await isExecutable(file)) return launched(file, args);
  const kind = await kindOf(file);
  const what = kind === 'missing' ? 'does not exist' : kind === 'folder' ? 'is a folder' : 'is not executable';
  const hint = kind === 'file' ? 'chmod +x it, or use "script" with an interpreter' : 'give the path of a program';
  return { ok: false, message: `the program ${showPath(file)} ${what}`, hint };
}

function launchShell(line: string, args: readonly string[], where: Surroundings): Launched {
  if (line === '') return { ok: false, message: 'command is blank', hint: 'name the program to run' };
  if (where.runtime.platform === 'win32') {
    return args.length === 0 ? launched('cmd.exe', ['/d', '/s', '/c', line]) : argsInLine;
  }
  const replaced = replaceShell(line);
  if (replaced === null) return args.length === 0 ? launched('sh', ['-c', line]) : argsInLine;
  return args.length === 0 ? launched('sh', ['-c', replaced]) : launched('sh', ['-c', `${replaced} "$@"`, 'sh', ...args]);
}

const argsInLine: Launched = {
  ok: false,
  message: 'args cannot be added to a command that is a line for the shell',
  hint: 'write the arguments into the command',
};

/** Signs after which another command may come; within quotes they only cost the shortcut. */
const operators = /[;&|()`{}!\n#]/;

/** Commands that only the shell itself has. POSIX.1-2017, 2.9.1 and 2.14. */
const shellWords = new Set([
  '.', ':', '[', 'alias', 'bg', 'break', 'case', 'cd', 'command', 'continue', 'eval', 'exec', 'exit', 'export', 'false', 'fg', 'for',
  'getopts', 'hash', 'if', 'jobs', 'read', 'readonly', 'return', 'set', 'shift', 'source', 'test', 'times', 'trap', 'true', 'type', 'ulimit',
  'umask', 'unalias', 'unset', 'until', 'wait', 'while',
]);

/** One simple command with `exec` before it, so that the process is the program and not a shell; null for anything more. */
function replaceShell(line: string): string | null {
  const first = line.split(/\s+/, 1)[0] ?? '';
  if (operators.test(line) || shellWords.has(first)) return null;
  // `exec` takes no assignments before the program, env(1) does.
  return /^[A-Za-z_]\w*=/.test(first) ? `exec env ${line}` : `exec ${line}`;
}

function launched(command: string, args: readonly string[]): Launched {
  return { ok: true, launch: { command, args, interpreter: null } };
}
