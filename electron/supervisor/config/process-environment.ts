// The variables a process gets from its config: defaults.env, then the env files, then its own env.
import path from 'node:path';
import type { Candidate } from './candidate.ts';
import { fieldRange } from './candidate.ts';
import type { LocatedNode, View } from './located.ts';
import { entryOf, validItems } from './located.ts';
import type { ProblemList } from './problem.ts';
import { readText } from './read-source.ts';

/** Env files are relative to `folder`. A variable that ends up as null is left out. */
export async function processEnvironment(candidate: Candidate, folder: string, view: View, problems: ProblemList): Promise<Record<string, string>> {
  const values = new Map<string, string | null>();
  const put = (pairs: readonly (readonly [string, string | null])[]): void => pairs.forEach(([name, value]) => values.set(name, value));
  put(variables(entryOf(candidate.defaults, 'env')?.value, view));
  for (const { file, node } of envFiles(candidate, view)) {
    const read = await readText(path.resolve(folder, file));
    const range = node.range ?? fieldRange(candidate, 'envFile');
    if (read.ok) put(Object.entries(await parseEnvFile(read.text)));
    else problems.add(range, `the env file ${read.message}`, read.hint ?? 'env files are relative to the folder of the config file');
  }
  put(variables(entryOf(candidate.own, 'env')?.value, view));
  return Object.fromEntries([...values].flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

async function parseEnvFile(text: string): Promise<Record<string, string>> {
  const { parse } = await import('dotenv');
  return parse(text);
}

function envFiles({ merged }: Candidate, view: View): { readonly file: string; readonly node: LocatedNode }[] {
  const node = entryOf(merged, 'envFile')?.value;
  if (node === undefined || view.invalid.has(node)) return [];
  const nodes = node.kind === 'list' ? validItems(node, view) : [node];
  return nodes.flatMap((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? [{ file: item.value, node: item }] : []));
}

/** Numbers and booleans as they were written: `1.10` stays `1.10`. */
function variables(node: LocatedNode | undefined, view: View): (readonly [string, string | null])[] {
  if (node?.kind !== 'map' || view.invalid.has(node)) return [];
  return node.entries.flatMap(({ key, value }) => {
    if (value.kind !== 'scalar' || view.invalid.has(value)) return [];
    return [[key, textOf(value)] as const];
  });
}

/** null stays null; text is its value, anything else the text that stands in the file. */
export function textOf(node: LocatedNode): string | null {
  if (node.kind !== 'scalar' || node.value === null) return null;
  return typeof node.value === 'string' ? node.value : node.text;
}
