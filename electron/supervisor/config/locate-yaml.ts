// YAML 1.2 to the located tree. Anchors, aliases and `<<` merges are resolved here, with a bound on what they expand to.
import type * as Yaml from 'yaml';
import type { Document, Node, YAMLMap } from 'yaml';
import type { LocatedNode, MapEntry, Range, ScalarNode, View } from './located.ts';
import { maxDepth } from './located.ts';
import type { ProblemList } from './problem.ts';
import { quote } from './printable.ts';
import { reportYamlError } from './yaml-error.ts';
import { findExcess } from './yaml-guard.ts';

/** What all aliases of a file may add to it; a few anchors of anchors would otherwise expand without end. */
const maxAliasedNodes = 20_000;

/** null when the text has no usable tree; the reasons are in `problems`. */
export async function locateYaml(text: string, view: View, problems: ProblemList): Promise<LocatedNode | null> {
  const yaml = await import('yaml');
  const excess = findExcess(text, new yaml.Lexer());
  if (excess !== null) {
    problems.add(excess.range, excess.message, 'is this the right file?');
    return null;
  }
  const document = yaml.parseDocument(text, {
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  const errors = [...document.errors, ...document.warnings];
  for (const error of errors) reportYamlError(error, text, problems);
  return errors.length > 0 ? null : new YamlLocator(yaml, document, view, problems).root();
}

class YamlLocator {
  readonly #yaml: typeof Yaml;
  readonly #document: Document.Parsed;
  readonly #view: View;
  readonly #problems: ProblemList;
  /** null while the anchored node itself is being read. */
  readonly #anchors = new Map<string, { readonly node: LocatedNode; readonly size: number } | null>();
  #size = 0;
  /** Where the tree got too deep or too large; nothing of it is used then. */
  #excess: { readonly range: Range | null; readonly message: string } | null = null;

  constructor(yaml: typeof Yaml, document: Document.Parsed, view: View, problems: ProblemList) {
    this.#yaml = yaml;
    this.#document = document;
    this.#view = view;
    this.#problems = problems;
  }

  root(): LocatedNode | null {
    const contents = this.#document.contents;
    if (contents === null || contents === undefined) return null;
    const root = this.#locate(contents, 0);
    if (this.#excess === null) return root;
    this.#problems.add(this.#excess.range, this.#excess.message);
    return null;
  }

  #locate(node: Node | null, depth: number): LocatedNode {
    const range = rangeOf(node);
    if (depth > maxDepth) this.#excess ??= { range, message: `the file is nested deeper than ${maxDepth} levels` };
    if (this.#excess !== null) return scalar(null, '', range);
    if (this.#yaml.isAlias(node)) return this.#alias(node.source, range);
    const anchor = node !== null && 'anchor' in node && typeof node.anchor === 'string' ? node.anchor : null;
    if (anchor !== null) this.#anchors.set(anchor, null);
    const before = this.#size;
    this.#size += 1;
    const located = this.#plain(node, range, depth);
    if (anchor !== null) this.#anchors.set(anchor, { node: located, size: this.#size - before });
    return located;
  }

  #plain(node: Node | null, range: Range | null, depth: number): LocatedNode {
    if (this.#yaml.isMap(node)) return { kind: 'map', entries: this.#entries(node, depth), range };
    if (this.#yaml.isSeq(node)) {
      const items = node.items.map((item) => this.#locate(this.#yaml.isNode(item) ? item : null, depth + 1));
      return { kind: 'list', items, range };
    }
    if (this.#yaml.isScalar(node)) return scalar(node.value, node.source, range);
    return scalar(null, '', range);
  }

  #entries(map: YAMLMap, depth: number): MapEntry[] {
    const entries = new Map<string, MapEntry>();
    const merged: MapEntry[] = [];
    for (const pair of map.items) {
      const keyNode = this.#yaml.isNode(pair.key) ? pair.key : null;
      const keyRange = rangeOf(keyNode);
      if (!this.#yaml.isScalar(keyNode)) {
        this.#problems.add(keyRange ?? rangeOf(map), 'a key must be plain text', null);
        continue;
      }
      const key = String(keyNode.value);
      const value = this.#locate(this.#yaml.isNode(pair.value) ? pair.value : null, depth + 1);
      if (key === '<<' && keyNode.type === 'PLAIN') merged.push(...this.#merge(value));
      else if (entries.has(key)) this.#problems.add(keyRange, `${quote(key)} is written twice`, 'remove one of the two');
      else entries.set(key, { key, keyRange, value });
    }
    for (const entry of merged) if (!entries.has(entry.key)) entries.set(entry.key, entry);
    return [...entries.values()];
  }

  /** YAML 1.1 merge key: a map, or a list of maps of which an earlier one wins. */
  #merge(value: LocatedNode): readonly MapEntry[] {
    if (value.kind === 'map') return value.entries;
    if (value.kind === 'list' && value.items.every((item) => item.kind === 'map')) {
      return value.items.flatMap((item) => this.#merge(item));
    }
    this.#problems.add(value.range, '<< must be followed by an alias of a map', 'for example: <<: *common');
    return [];
  }

  #alias(name: string, range: Range | null): LocatedNode {
    const target = this.#anchors.get(name);
    if (target === undefined) return this.#refuse(range, `there is no anchor &${name} before this alias`);
    if (target === null) return this.#refuse(range, `the anchor &${name} contains itself`);
    this.#size += target.size;
    if (this.#size > maxAliasedNodes) {
      this.#excess ??= { range, message: `the anchors of this file expand to more than ${maxAliasedNodes} values` };
    }
    return target.node;
  }

  #refuse(range: Range | null, message: string): ScalarNode {
    this.#problems.add(range, message);
    const missing = scalar(null, '', range);
    this.#view.invalid.add(missing);
    return missing;
  }
}

function scalar(value: unknown, source: string | undefined, range: Range | null): ScalarNode {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null;
  const known = isPlain ? value : String(value);
  return { kind: 'scalar', value: known, text: source ?? String(known), template: null, range };
}

function rangeOf(node: Node | null): Range | null {
  const range = node?.range;
  return range === null || range === undefined ? null : { start: range[0], end: range[1] };
}
