// Problems as text for a terminal.
import path from 'node:path';
import type { ConfigProblem } from './problem.ts';
import { showPath } from './printable.ts';

export interface ProblemFormat {
  /** Colours a part; plain text unless given. */
  readonly paint?: (part: 'place' | 'message' | 'frame' | 'hint', text: string) => string;
  /** Files below this folder are named relative to it. */
  readonly cwd?: string;
}

/** `file:line:column: message`, the frame, the hint; an empty line between problems. */
export function formatProblems(problems: readonly ConfigProblem[], { paint = (_part, text) => text, cwd }: ProblemFormat = {}): string {
  return problems
    .map(({ file, line, column, message, hint, frame }) => {
      const place = line === 0 ? '' : `${paint('place', `${shorten(file, cwd)}:${line}:${column}`)}: `;
      const parts = [`${place}${paint('message', message)}`];
      if (frame !== '') parts.push(paint('frame', frame));
      if (hint !== null) parts.push(paint('hint', `  hint: ${hint}`));
      return parts.join('\n');
    })
    .join('\n\n');
}

function shorten(file: string, cwd: string | undefined): string {
  if (cwd === undefined) return showPath(file);
  const relative = path.relative(cwd, file);
  return showPath(relative.startsWith('..') || path.isAbsolute(relative) ? file : relative);
}
