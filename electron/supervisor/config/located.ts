// YAML and JSON as one tree whose every key and value knows where it stands, so that each check can point at it.

/** Offsets into the text of the file, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As it was written: `1.10` and `007` lose something when read as numbers. */
  readonly text: string;
  /** What stood in the file before `${…}` was expanded. */
  readonly template: string | null;
  readonly range: Range | null;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly LocatedNode[];
  readonly range: Range | null;
}

export interface MapEntry {
  readonly key: string;
  readonly keyRange: Range | null;
  readonly value: LocatedNode;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly range: Range | null;
}

export type LocatedNode = ScalarNode | ListNode | MapNode;

/** Deeper nesting means nothing in a config, and recursion needs a bound. */
export const maxDepth = 32;

export function entryOf(node: LocatedNode | undefined, key: string): MapEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** What is wrong with parts of the tree, kept beside it: the tree itself never changes. */
export interface View {
  /** Left out of the value, so that the rest can still be checked. */
  readonly invalid: Set<LocatedNode>;
  /** Text that came from `${…}` and is read as a number or boolean. */
  readonly readAs: Map<LocatedNode, number | boolean>;
}

/** Maps become objects without a prototype: `__proto__` and `constructor` are keys like any other. */
export function toValue(node: LocatedNode, view: View): unknown {
  if (node.kind === 'scalar') return view.readAs.get(node) ?? node.value;
  if (node.kind === 'list') return validItems(node, view).map((item) => toValue(item, view));
  const object: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.entries) {
    if (!view.invalid.has(value)) object[key] = toValue(value, view);
  }
  return object;
}

export function validItems(node: LocatedNode | undefined, view: View): readonly LocatedNode[] {
  return node?.kind === 'list' ? node.items.filter((item) => !view.invalid.has(item)) : [];
}

/** A plain value as a tree without places, for input that is in no file. */
export function locateValue(value: unknown): LocatedNode {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(locateValue), range: null };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => ({ key, keyRange: null, value: locateValue(inner) }));
    return { kind: 'map', entries, range: null };
  }
  const scalar = typeof value === 'number' || typeof value === 'boolean' || value === null ? value : String(value);
  return { kind: 'scalar', value: scalar, text: String(scalar), template: null, range: null };
}
