// One process of the file while it is being checked: its values, and for each of them where it was written.
import { nearest } from '../../../shared/model/did-you-mean.ts';
import type { LocatedNode, MapEntry, MapNode, Range, View } from './located.ts';
import { entryOf, validItems } from './located.ts';
import type { ProblemList } from './problem.ts';
import type { ProcessFields } from './schema.ts';
import { processSchema } from './schema.ts';
import { firstKey, processFields, valueRange } from './validate.ts';

export interface Candidate {
  /** What is right of it; a field that is wrong is missing here. */
  readonly fields: ProcessFields;
  /** Own entries before those of `defaults`. */
  readonly merged: MapNode;
  readonly own: MapNode;
  readonly defaults: LocatedNode | undefined;
  /** Stands for the process as a whole. */
  readonly range: Range | null;
}

/** Maps in which a process overrides single entries of `defaults`, not the whole. */
const deepKeys: readonly string[] = ['env', 'logs', 'healthCheck', 'balancer'];

export function collectCandidates(root: LocatedNode, view: View, problems: ProblemList): Candidate[] {
  const defaults = entryOf(root, 'defaults')?.value;
  const namespace = entryOf(root, 'namespace');
  const candidates: Candidate[] = [];
  for (const own of validItems(entryOf(root, 'processes')?.value, view)) {
    if (own.kind !== 'map') continue;
    const withDefaults = defaults?.kind === 'map' ? mergeMaps(own, defaults, deepKeys) : own;
    const merged = namespace === undefined ? withDefaults : mergeMaps(withDefaults, { ...own, entries: [namespace] }, []);
    const fields = processFields(merged, view);
    if (fields === null) continue;
    const candidate = { fields, merged, own, defaults, range: firstKey(own) };
    checkProgram(candidate, problems);
    candidates.push(candidate);
  }
  return candidates;
}

/** Where the value of a field was written, in the process or in `defaults`. */
export function fieldRange(candidate: Candidate, key: string): Range | null {
  const entry = entryOf(candidate.merged, key);
  return entry === undefined ? candidate.range : valueRange(entry.value, entry);
}

function mergeMaps(own: MapNode, defaults: MapNode, deep: readonly string[]): MapNode {
  const entries = new Map<string, MapEntry>(own.entries.map((entry) => [entry.key, entry]));
  for (const entry of defaults.entries) {
    const mine = entries.get(entry.key);
    if (mine === undefined) entries.set(entry.key, entry);
    else if (deep.includes(entry.key) && mine.value.kind === 'map' && entry.value.kind === 'map') {
      entries.set(entry.key, { ...mine, value: mergeMaps(mine.value, entry.value, []) });
    }
  }
  return { ...own, entries: [...entries.values()] };
}

/** A rule between fields, which the schema cannot hold without losing the types of both. */
function checkProgram({ own, range }: Candidate, problems: ProblemList): void {
  const script = entryOf(own, 'script');
  const command = entryOf(own, 'command');
  // A misspelt key is reported as such; that the right one is missing follows from it.
  const isMisspelt = own.entries.some(({ key }) => !Object.hasOwn(processSchema.shape, key) && nearest(key, ['script', 'command']) !== null);
  if (script === undefined && command === undefined && !isMisspelt) {
    problems.add(range, 'neither script nor command is given', 'add "script:" with a file to run, or "command:" with a program');
  } else if (script !== undefined && command !== undefined) {
    problems.add(command.keyRange, 'both script and command are given', 'keep one: script for a file, command for a program');
  } else if (command !== undefined) {
    for (const key of ['interpreter', 'interpreterArgs']) {
      const entry = entryOf(own, key);
      if (entry !== undefined) problems.add(entry.keyRange, `${key} has no use with command`, 'use script, or write it into the command');
    }
  }
}
