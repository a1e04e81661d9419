// The YAML parser recurses and keeps every token; this looks at the token stream first and refuses what would
// take minutes or the whole heap. Costs a few milliseconds for a large file.
import type { Lexer } from 'yaml';
import type { Range } from './located.ts';
import { maxDepth } from './located.ts';

/** A config of 1,000 processes with every field has about half of it. */
const maxTokens = 200_000;
/** The lexer puts this before the text of a plain or block scalar. */
const scalarMark = '\u001f';

/** Where the text gets too deep or too long for the parser, or null when it is fine. */
export function findExcess(text: string, lexer: Lexer): { readonly range: Range; readonly message: string } | null {
  const indents: number[] = [];
  let tokens = 0;
  let offset = 0;
  let flowDepth = 0;
  let column = 0;
  let isScalar = false;
  for (const token of lexer.lex(text)) {
    tokens += 1;
    if (!isScalar && (token === '[' || token === '{')) flowDepth += 1;
    else if (!isScalar && (token === ']' || token === '}')) flowDepth = Math.max(0, flowDepth - 1);
    else if (flowDepth === 0 && startsNode(token, isScalar)) enter(indents, column);
    const range = { start: offset, end: offset + 1 };
    // Twice the depth: one level of the tree may be two indents (a list item and its map).
    if (flowDepth + indents.length > maxDepth * 2) return { range, message: `the file is nested deeper than ${maxDepth} levels` };
    if (tokens > maxTokens) return { range, message: `the file holds more than ${maxTokens} words and signs` };
    isScalar = token === scalarMark;
    if (!isPrinted(token)) continue;
    offset += token.length;
    column = token.endsWith('\n') ? 0 : column + token.length;
  }
  return null;
}

function enter(indents: number[], column: number): void {
  while ((indents.at(-1) ?? -1) >= column) indents.pop();
  indents.push(column);
}

/** Blanks and line ends start nothing; list dashes and keys do. */
function startsNode(token: string, isScalar: boolean): boolean {
  return isScalar || (isPrinted(token) && token.trim() !== '' && !token.startsWith('#'));
}

/** Marks of the lexer (document, end of flow, scalar) are not in the text. */
function isPrinted(token: string): boolean {
  return token !== '\u0002' && token !== '\u0018' && token !== scalarMark;
}
