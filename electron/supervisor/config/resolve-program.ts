// `tspm start server.js -- args`: a program without a config file goes the same way as one with.
import path from 'node:path';
import type { ProgramRequest } from '../../../shared/contract/spec.ts';
import { kindOf, ProgramFinder, searchPlace } from './find-program.ts';
import type { LoadOptions } from './load-config.ts';
import type { View } from './located.ts';
import { locateValue } from './located.ts';
import type { LoadResult } from './problem.ts';
import { ProblemList } from './problem.ts';
import { quote } from './printable.ts';
import { resolveTree } from './resolve.ts';
import { currentRuntime } from './runtime.ts';
import { SourceText } from './source-text.ts';

const origin = 'command line';

/** The target is a file first, then a program on PATH, then, when it has blanks, a line for the shell. */
export async function resolveProgram(request: ProgramRequest, { env, runtime = currentRuntime() }: LoadOptions): Promise<LoadResult> {
  const programs = new ProgramFinder();
  const problems = new ProblemList(new SourceText(origin, ''));
  const view: View = { invalid: new Set(), readAs: new Map() };
  const kind = await kindOf(path.resolve(request.cwd, request.target));
  const isFile = kind === 'file' || kind === 'other';
  const place = searchPlace(request.env ?? {}, env, runtime.platform);
  if (!isFile && !/[\s/]/.test(request.target) && (await programs.find(request.target, place)) === null) {
    const hint = kind === 'folder' ? 'name the file to run in it' : 'give the path of a script, a program on PATH, or a config file';
    problems.add(null, kind === 'folder' ? `${quote(request.target)} is a folder` : `${quote(request.target)} is neither a file nor a program on PATH`, hint);
    return { ok: false, problems: problems.sorted };
  }
  const isScript = isFile || (request.target.includes('/') && !/\s/.test(request.target));
  const program = isScript ? { script: request.target } : { command: request.target };
  const root = locateValue({ processes: [{ name: request.name ?? nameFor(request.target), ...program, ...optionsOf(request) }] });
  const source = { kind: 'program', request } as const;
  return resolveTree(root, origin, { folder: path.resolve(request.cwd), source, env, runtime, programs, view, problems });
}

function optionsOf({ args, interpreter, instances, env, envFile, namespace }: ProgramRequest): Record<string, unknown> {
  return { args, interpreter, instances, env, envFile, namespace };
}

/** The file or program without folder and extension, made to fit what a name may be. */
export function nameFor(target: string): string {
  const word = target.trim().split(/\s+/, 1)[0] ?? '';
  const fitting = path
    .parse(word)
    .name.replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64);
  return fitting === '' ? 'process' : fitting;
}
