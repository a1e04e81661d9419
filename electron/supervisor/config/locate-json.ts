// JSON and JSONC to the located tree.
import type { Node, ParseError } from 'jsonc-parser';
import type { LocatedNode, MapEntry, ScalarNode } from './located.ts';
import { maxDepth } from './located.ts';
import type { ProblemList } from './problem.ts';
import { quote } from './printable.ts';

/** A file named `.json` is read by other tools too: comments and trailing commas are for `.jsonc`. */
export async function locateJson(text: string, dialect: 'json' | 'jsonc', problems: ProblemList): Promise<LocatedNode | null> {
  const { parseTree, printParseErrorCode } = await import('jsonc-parser');
  const errors: ParseError[] = [];
  const isStrict = dialect === 'json';
  let tree: Node | undefined;
  try {
    tree = parseTree(text, errors, { disallowComments: isStrict, allowTrailingComma: !isStrict });
  } catch (error) {
    // The parser recurses; the only thing it throws is an exhausted stack.
    if (!(error instanceof RangeError)) throw error;
    problems.add({ start: 0, end: 1 }, `the file is nested deeper than ${maxDepth} levels`);
    return null;
  }
  for (const { error, offset, length } of errors.slice(0, 20)) {
    const code = printParseErrorCode(error);
    const end = Math.max(offset + length, offset + 1);
    problems.add({ start: offset, end }, `not valid JSON: ${wording[code] ?? code}`, hintFor(code, isStrict));
  }
  if (errors.length > 0 || tree === undefined) return null;
  const deep = firstBelow(tree, maxDepth);
  if (deep !== null) {
    problems.add({ start: deep.offset, end: deep.offset + deep.length }, `the file is nested deeper than ${maxDepth} levels`);
    return null;
  }
  return locate(tree, text, problems);
}

const wording: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no JSON value; text needs double quotes',
  InvalidNumberFormat: 'this is no JSON number',
  PropertyNameExpected: 'a key in double quotes is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is missing here',
  CommaExpected: 'a comma is missing here',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected: 'nothing may follow the value',
  InvalidCommentToken: 'a comment is not allowed here',
  UnexpectedEndOfComment: 'the comment is not closed',
  UnexpectedEndOfString: 'the closing double quote is missing',
  UnexpectedEndOfNumber: 'the number is not complete',
  InvalidUnicode: 'an escape \\u needs four hexadecimal digits',
  InvalidEscapeCharacter: 'this escape is unknown; a backslash is written \\\\',
  InvalidCharacter: 'a control sign in text must be written as an escape',
};

function hintFor(code: string, isStrict: boolean): string | null {
  if (code === 'InvalidCommentToken' && isStrict) return 'rename the file to .jsonc to use comments';
  if ((code === 'PropertyNameExpected' || code === 'ValueExpected') && isStrict) return 'is there a comma too many before it?';
  return null;
}

/** The first node more than `levels` values below `node`; a property is no level of its own. */
function firstBelow(node: Node, levels: number): Node | null {
  if (levels < 0) return node;
  for (const child of node.children ?? []) {
    const found = firstBelow(child, node.type === 'property' ? levels : levels - 1);
    if (found !== null) return found;
  }
  return null;
}

function locate(node: Node, text: string, problems: ProblemList): LocatedNode {
  const range = { start: node.offset, end: node.offset + node.length };
  const children = node.children ?? [];
  if (node.type === 'object') return { kind: 'map', entries: locateEntries(children, text, problems), range };
  if (node.type === 'array') return { kind: 'list', items: children.map((child) => locate(child, text, problems)), range };
  return { kind: 'scalar', value: scalarValue(node.value), text: text.slice(range.start, range.end), template: null, range };
}

function locateEntries(properties: readonly Node[], text: string, problems: ProblemList): MapEntry[] {
  const entries = new Map<string, MapEntry>();
  for (const { children } of properties) {
    const [keyNode, valueNode] = children ?? [];
    if (keyNode === undefined || valueNode === undefined) continue;
    const key = String(keyNode.value);
    const keyRange = { start: keyNode.offset, end: keyNode.offset + keyNode.length };
    if (entries.has(key)) problems.add(keyRange, `${quote(key)} is written twice`, 'remove one of the two');
    else entries.set(key, { key, keyRange, value: locate(valueNode, text, problems) });
  }
  return [...entries.values()];
}

function scalarValue(value: unknown): ScalarNode['value'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
