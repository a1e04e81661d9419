// The steps from a located tree to specs. All of them run even when an earlier one found something, so that a person
// sees every problem at once.
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import type { Setting } from './build-spec.ts';
import { buildSpec } from './build-spec.ts';
import type { Candidate } from './candidate.ts';
import { collectCandidates } from './candidate.ts';
import { checkDependencies } from './check-dependencies.ts';
import { checkNames, checkPorts } from './check-names.ts';
import type { LocatedNode } from './located.ts';
import { entryOf } from './located.ts';
import type { LoadResult } from './problem.ts';
import { validateFile } from './validate.ts';

/** `file` is what the result names as its origin. */
export async function resolveTree(root: LocatedNode, file: string, setting: Setting): Promise<LoadResult> {
  const { view, problems, runtime } = setting;
  validateFile(root, view, problems);
  const candidates = collectCandidates(root, view, problems);
  checkNames(candidates, problems);
  checkPorts(candidates, runtime.parallelism, problems);
  checkDependencies(candidates, view, problems);
  const built = await Promise.all(candidates.map((candidate) => buildSpec(candidate, setting)));
  if (!problems.isEmpty) return { ok: false, problems: problems.sorted };
  const specs = built.filter((spec): spec is ProcessSpec => spec !== null);
  return { ok: true, file, specs, notes: notesOn(candidates) };
}

/** What has no effect: `healthCheck` in this version, the words about a port where there is none. */
function notesOn(candidates: readonly Candidate[]): string[] {
  const notes: string[] = [];
  if (candidates.some(({ merged }) => entryOf(merged, 'healthCheck') !== undefined)) notes.push('healthCheck takes no effect yet in this version.');
  for (const { fields, own } of candidates) {
    const idle = ['balancer', 'lbStrategy', 'host', 'instanceWeight'].filter((key) => fields.port === undefined && entryOf(own, key) !== undefined);
    if (idle.length > 0) notes.push(`${fields.name ?? 'a process'}: ${idle.join(' and ')} ${idle.length === 1 ? 'takes' : 'take'} no effect without port: TSPM balances what comes to a port of its own.`);
  }
  return notes;
}
