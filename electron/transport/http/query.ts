// Query parameters of the REST routes: declared once, read by these rules, and described in the OpenAPI document from the same.
import { HttpProblem } from './problem.ts';

interface Described {
  readonly about: string;
}

export type QueryParameter =
  | (Described & { readonly kind: 'text' })
  /** May be given several times. */
  | (Described & { readonly kind: 'texts' })
  /** Several times, each a word of the list; none means all. */
  | (Described & { readonly kind: 'words'; readonly words: readonly string[] })
  | (Described & { readonly kind: 'whole'; readonly min: number; readonly max: number; readonly usual: number })
  /** Milliseconds since the epoch. */
  | (Described & { readonly kind: 'moment' })
  /** `?follow`, `?follow=true` and `?follow=1` are the same. */
  | (Described & { readonly kind: 'flag' });

export type QueryTable = Readonly<Record<string, QueryParameter>>;

interface ValueOf {
  readonly text: string | null;
  readonly texts: readonly string[];
  readonly words: readonly string[];
  readonly whole: number;
  readonly moment: number | null;
  readonly flag: boolean;
}

export type QueryValues<Table extends QueryTable> = { readonly [Name in keyof Table]: ValueOf[Table[Name]['kind']] };

/** Longest value of a text: a position of a stream over many logs. */
export const maxTextLength = 65_536;
const maxTexts = 1024;

/** Throws an HttpProblem `invalid-input` that says what would be right. */
export function readQuery<Table extends QueryTable>(table: Table, query: URLSearchParams): QueryValues<Table> {
  const names = Object.keys(table);
  for (const name of query.keys()) {
    if (names.includes(name)) continue;
    throw new HttpProblem('invalid-input', `There is no query parameter ${JSON.stringify(name.slice(0, 64))} here. ${names.length === 0 ? 'There are none.' : `There are: ${names.join(', ')}.`}`);
  }
  // Built from the table that the type is derived from.
  return Object.fromEntries(names.map((name) => [name, readValue(name, table[name] as QueryParameter, query.getAll(name))])) as QueryValues<Table>;
}

function readValue(name: string, parameter: QueryParameter, given: readonly string[]): ValueOf[keyof ValueOf] {
  if (given.some((text) => text.length > maxTextLength)) throw wrong(name, `has at most ${maxTextLength} characters`);
  if (given.length > maxTexts) throw wrong(name, `is given at most ${maxTexts} times`);
  if (parameter.kind === 'texts') {
    if (given.includes('')) throw wrong(name, 'must not be empty');
    return given;
  }
  if (parameter.kind === 'words') {
    if (!given.every((word) => parameter.words.includes(word))) throw wrong(name, `is ${parameter.words.join(' or ')}`);
    return given.length === 0 ? parameter.words : [...new Set(given)];
  }
  if (given.length > 1) throw wrong(name, 'is given once');
  const [text] = given;
  switch (parameter.kind) {
    case 'text':
      return text ?? null;
    case 'flag':
      if (text === undefined || text === 'false' || text === '0') return false;
      if (text === '' || text === 'true' || text === '1') return true;
      throw wrong(name, 'is true or false');
    case 'moment':
      if (text === undefined) return null;
      if (!/^\d{1,15}(?:\.\d{1,6})?$/.test(text)) throw wrong(name, 'is a moment in milliseconds since the epoch');
      return Number(text);
    case 'whole': {
      const { min, max, usual } = parameter;
      const value = text === undefined ? usual : /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= min && value <= max)) throw wrong(name, `is a whole number from ${min} to ${max}`);
      return value;
    }
  }
}

function wrong(name: string, rule: string): HttpProblem {
  return new HttpProblem('invalid-input', `The query parameter ${name} ${rule}.`);
}
