// Runs the schema over the located tree, reports what is wrong at its place, and marks it so that the rest can be used.
import * as z from 'zod/mini';
import { didYouMean } from '../../../shared/model/did-you-mean.ts';
import type { Issue } from './explain-issue.ts';
import { explain, labelOf } from './explain-issue.ts';
import type { LocatedNode, MapEntry, Range, View } from './located.ts';
import { entryOf, toValue, validItems } from './located.ts';
import type { ProblemList } from './problem.ts';
import { quote } from './printable.ts';
import type { ProcessFields } from './schema.ts';
import { balancerSchema, defaultsSchema, fileSchema, healthCheckSchema, logsSchema, partialProcessSchema, processSchema } from './schema.ts';

/** Everything the schema has against the file. Afterwards `view` leaves out what is wrong. */
export function validateFile(root: LocatedNode, view: View, problems: ProblemList): void {
  for (const found of locateIssues(readExpanded(fileSchema, root, view), root, view)) report(found, root, view, problems);
}

/** The fields of one process (with defaults merged in) that are right. null when nothing is left to look at. */
export function processFields(node: LocatedNode, view: View): ProcessFields | null {
  // Each round marks at least one more node; what depends on a marked one falls in the next.
  for (let round = 0; round < 5; round += 1) {
    const result = z.safeParse(partialProcessSchema, toValue(node, view));
    if (result.success) return result.data;
    for (const found of locateIssues(result.error.issues, node, view)) view.invalid.add(found.node ?? found.parent);
  }
  return null;
}

interface LocatedIssue {
  readonly issue: Issue;
  /** undefined when the value is missing. */
  readonly node: LocatedNode | undefined;
  readonly parent: LocatedNode;
}

/** All places are looked up before anything is marked: a path counts only the items that are valid now. */
function locateIssues(issues: readonly Issue[], root: LocatedNode, view: View): readonly LocatedIssue[] {
  return flatten(issues).map((issue) => {
    const parent = nodeAt(root, issue.path.slice(0, -1), view) ?? root;
    return { issue, node: nodeAt(root, issue.path, view), parent };
  });
}

/** Text that was expanded is read as a number or boolean where the schema asks for one. */
function readExpanded(schema: z.ZodMiniType, root: LocatedNode, view: View): readonly Issue[] {
  const first = z.safeParse(schema, toValue(root, view));
  if (first.success) return [];
  const before = view.readAs.size;
  for (const { issue, path } of branches(first.error.issues)) {
    const node = nodeAt(root, path, view);
    if (issue.code !== 'invalid_type' || node?.kind !== 'scalar' || node.template === null) continue;
    const value = readScalar(issue.expected, node.text.trim());
    if (value !== null) view.readAs.set(node, value);
  }
  if (view.readAs.size === before) return first.error.issues;
  const second = z.safeParse(schema, toValue(root, view));
  return second.success ? [] : second.error.issues;
}

function readScalar(expected: string, text: string): number | boolean | null {
  if (expected === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if ((expected === 'int' || expected === 'number') && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text);
  return null;
}

function* branches(issues: readonly Issue[], base: readonly PropertyKey[] = []): Generator<{ issue: Issue; path: readonly PropertyKey[] }> {
  for (const issue of issues) {
    const path = [...base, ...issue.path];
    yield { issue, path };
    if (issue.code === 'invalid_union') for (const branch of issue.errors) yield* branches(branch, path);
  }
}

/** A union that fails inside of a map is about that map's fields, not about the choice. */
function flatten(issues: readonly Issue[]): readonly Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') return [issue];
    const near = issue.errors.find((branch) => branch.length > 0 && branch.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'));
    return near === undefined ? [issue] : flatten(near.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
  });
}

function report({ issue, node, parent }: LocatedIssue, root: LocatedNode, view: View, problems: ProblemList): void {
  if (issue.code === 'unrecognized_keys') return reportUnknownKeys(issue.keys, issue.path, node ?? root, view, problems);
  const key = String(issue.path.at(-1));
  const entry = entryOf(parent, key);
  if (node === undefined) {
    problems.add(firstKey(parent), `${labelOf(issue.path)} is missing`, `add "${key}:" here`);
    return;
  }
  // Marked already: it was reported before, for example because a variable in it is not set.
  if (view.invalid.has(node)) return;
  view.invalid.add(node);
  const { message, hint } = explain(issue, issue.path, node);
  problems.add(issue.code === 'invalid_key' ? (entry?.keyRange ?? node.range) : valueRange(node, entry), message, hint);
}

function reportUnknownKeys(keys: readonly string[], path: readonly PropertyKey[], parent: LocatedNode, view: View, problems: ProblemList): void {
  const known = knownKeys(path);
  const isProcessOrFile = path.length === 0 || (path[0] === 'processes' && path.length === 2);
  for (const key of keys) {
    const entry = entryOf(parent, key);
    if (entry !== undefined) view.invalid.add(entry.value);
    const belongsToProcess = path[0] === 'defaults' && path.length === 1 && Object.hasOwn(processSchema.shape, key);
    const hint = belongsToProcess ? `${key} belongs to each process` : (didYouMean(key, known) ?? `known keys: ${known.join(', ')}`);
    problems.add(entry?.keyRange ?? null, `unknown key ${quote(key)}${isProcessOrFile ? '' : ` in ${labelOf(path)}`}`, hint);
  }
}

function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  const inside = path[0] === 'processes' ? path.slice(2) : path[0] === 'defaults' ? path.slice(1) : [];
  if (inside[0] === 'logs') return Object.keys(logsSchema.shape);
  if (inside[0] === 'balancer') return Object.keys(balancerSchema.shape);
  if (inside[0] === 'healthCheck') return Object.keys(healthCheckSchema.shape);
  if (inside[0] === 'dependsOn') return ['name', 'condition'];
  if (path[0] === 'processes') return Object.keys(processSchema.shape);
  return Object.keys(path[0] === 'defaults' ? defaultsSchema.shape : fileSchema.shape);
}

/** A value that is not there (`port:`) is shown at its key. */
export function valueRange(node: LocatedNode, entry: MapEntry | undefined): Range | null {
  const isEmpty = node.range === null || node.range.start >= node.range.end;
  return isEmpty ? (entry?.keyRange ?? node.range) : node.range;
}

/** A whole map is pointed at by its first key. */
export function firstKey(node: LocatedNode): Range | null {
  return (node.kind === 'map' ? node.entries[0]?.keyRange : undefined) ?? node.range;
}

function nodeAt(root: LocatedNode, path: readonly PropertyKey[], view: View): LocatedNode | undefined {
  return path.reduce<LocatedNode | undefined>(
    (node, key) => (node?.kind === 'list' && typeof key === 'number' ? validItems(node, view)[key] : entryOf(node, String(key))?.value),
    root,
  );
}
