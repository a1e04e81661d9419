// zod says which rule was broken; this says it to a person: which field, what it must be, what was found.
import type * as z from 'zod/mini';
import { didYouMean } from '../../../shared/model/did-you-mean.ts';
import type { LocatedNode } from './located.ts';
import { quote } from './printable.ts';

export type Issue = z.core.$ZodIssue;

export interface Explanation {
  readonly message: string;
  readonly hint: string | null;
}

/** What zod/mini says when neither a locale nor the schema has words. */
const noWords = 'Invalid input';

/** `node` is the value at the path of the issue. Schemas that know better words than these carry them in the issue. */
export function explain(issue: Issue, path: readonly PropertyKey[], node: LocatedNode): Explanation {
  const label = labelOf(path);
  const found = describe(node);
  switch (issue.code) {
    case 'invalid_type': {
      const words = issue.message === noWords ? `must be ${typeWords[issue.expected] ?? issue.expected}` : issue.message;
      return { message: `${label} ${words}; found ${found}`, hint: typeHint(issue.expected, node) };
    }
    case 'invalid_value': {
      const known = issue.values.map(String);
      const hint = node.kind === 'scalar' && typeof node.value === 'string' ? didYouMean(node.value, known) : null;
      return { message: `${label} must be one of ${known.join(', ')}; found ${found}`, hint };
    }
    case 'invalid_key':
      return { message: `${quote(String(path.at(-1)))} ${issue.issues[0]?.message ?? 'is not allowed as a key'}`, hint: null };
    case 'too_small':
    case 'too_big':
    case 'invalid_format':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_element':
    case 'custom':
      return { message: `${label} ${issue.message}; found ${found}`, hint: null };
  }
}

/** `port`, `logs.maxSize`, `args[2]`, `defaults.port`: what lies inside of a process is named from there. */
export function labelOf(path: readonly PropertyKey[]): string {
  const inside = path[0] === 'processes' && path.length > 2 ? path.slice(2) : path;
  if (inside.length === 0) return 'the file';
  return inside.map((key, index) => part(key, index)).join('');
}

function part(key: PropertyKey, index: number): string {
  if (typeof key === 'number') return `[${key}]`;
  const shown = /^[\w$.-]{1,64}$/.test(String(key)) ? String(key) : quote(String(key));
  return index === 0 ? shown : `.${shown}`;
}

/** A value that came from a variable is shown as it was written: the variable may hold a secret. */
export function describe(node: LocatedNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a map';
  if (node.template !== null) return `what ${quote(node.template)} stands for`;
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return `the text ${quote(node.value)}`;
  return typeof node.value === 'number' ? `the number ${node.text.slice(0, 40)}` : String(node.value);
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  object: 'a map of fields',
  record: 'a map of names and values',
  array: 'a list',
  number: 'a number',
  int: 'a whole number',
};

function typeHint(expected: string, node: LocatedNode): string | null {
  if (node.kind !== 'scalar') return null;
  if (expected === 'string' && (typeof node.value === 'number' || typeof node.value === 'boolean')) {
    return `put it in quotes: ${quote(node.text)}`;
  }
  if (node.value === null) return 'give it a value or remove the line';
  return expected === 'array' ? 'begin each item with "- " on a line of its own, or write [a, b]' : null;
}
