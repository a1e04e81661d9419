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

/** Fields that are understood and checked but do nothing yet. */
function notesOn(candidates: readonly Candidate[]): string[] {
  const idle = ['lbStrategy', 'healthCheck'].filter((key) => candidates.some(({ merged }) => entryOf(merged, key) !== undefined));
  return idle.length === 0 ? [] : [`${idle.join(' and ')} ${idle.length === 1 ? 'takes' : 'take'} no effect yet in this version.`];
}
