// A config file from its path to specs, or to everything that is wrong with it.
import path from 'node:path';
import type { Environment } from './expand.ts';
import { expandTree } from './expand.ts';
import { ProgramFinder } from './find-program.ts';
import { locateJson } from './locate-json.ts';
import { locateYaml } from './locate-yaml.ts';
import type { LocatedNode, View } from './located.ts';
import type { LoadResult } from './problem.ts';
import { ProblemList } from './problem.ts';
import { showPath } from './printable.ts';
import { readText } from './read-source.ts';
import { resolveTree } from './resolve.ts';
import type { Runtime } from './runtime.ts';
import { currentRuntime } from './runtime.ts';
import { SourceText } from './source-text.ts';

export interface LoadOptions {
  /** What `${VAR}` and PATH come from. */
  readonly env: Environment;
  /** The machine; the real one unless a test hands in another. */
  readonly runtime?: Runtime;
}

/** Reads, checks and resolves a config file. Never throws for what a user can get wrong. */
export async function loadConfig(file: string, { env, runtime = currentRuntime() }: LoadOptions): Promise<LoadResult> {
  const absolute = path.resolve(file);
  const dialect = path.extname(absolute).toLowerCase();
  if (!isDialect(dialect)) {
    return refuse(absolute, `${showPath(absolute)} is no config file`, 'its name must end in .yaml, .yml, .json or .jsonc');
  }
  const read = await readText(absolute);
  if (!read.ok) return refuse(absolute, read.message, read.hint ?? '"tspm init" writes a config file to begin with');
  const problems = new ProblemList(new SourceText(absolute, read.text));
  const view: View = { invalid: new Set(), readAs: new Map() };
  const tree = await locate(read.text, dialect, view, problems);
  if (tree === null) {
    if (problems.isEmpty) problems.add({ start: 0, end: 1 }, 'the file is empty', '"tspm init" writes a config file to begin with');
    return { ok: false, problems: problems.sorted };
  }
  // Reading `process.env` asks the operating system each time; a copy does not.
  const variables = { ...env };
  const root = expandTree(tree, variables, problems, view);
  const source = { kind: 'config', file: absolute } as const;
  return resolveTree(root, absolute, { folder: path.dirname(absolute), source, env: variables, runtime, programs: new ProgramFinder(), view, problems });
}

type Dialect = '.yaml' | '.yml' | '.json' | '.jsonc';

function isDialect(extension: string): extension is Dialect {
  return ['.yaml', '.yml', '.json', '.jsonc'].includes(extension);
}

async function locate(text: string, dialect: Dialect, view: View, problems: ProblemList): Promise<LocatedNode | null> {
  if (text.trim() === '') return null;
  if (dialect === '.json') return locateJson(text, 'json', problems);
  return dialect === '.jsonc' ? locateJson(text, 'jsonc', problems) : locateYaml(text, view, problems);
}

function refuse(file: string, message: string, hint: string): LoadResult {
  return { ok: false, problems: [{ file, line: 0, column: 0, message, hint, frame: '' }] };
}
