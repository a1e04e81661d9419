// Whole lines that a reader marked, for copying: they stay marked when they scroll out of the document.
import type { LogLine } from './log-line.ts';
import type { LogRows } from './log-rows.ts';
import { millisecondOfDay } from '../time-of-day.ts';

/** Sequences; the reader began at `from`, and `to` may lie before it. */
export interface LineSelection {
  readonly from: number;
  readonly to: number;
}

export function within(selection: LineSelection | null, sequence: number): boolean {
  if (selection === null) return false;
  return sequence >= Math.min(selection.from, selection.to) && sequence <= Math.max(selection.from, selection.to);
}

/** Whether any of its lines is still there. */
export function isThere(rows: LogRows, selection: LineSelection): boolean {
  return rows.indexOf(Math.min(selection.from, selection.to)) < rows.indexOf(Math.max(selection.from, selection.to) + 1);
}

export function selectedText(rows: LogRows, selection: LineSelection): string {
  const from = rows.indexOf(Math.min(selection.from, selection.to));
  const end = rows.indexOf(Math.max(selection.from, selection.to) + 1);
  return textOf(rows, from, end, (line) => line.text);
}

/** Everything that is shown, as a file would have it. */
export function shownText(rows: LogRows, several: boolean): string {
  return textOf(rows, 0, rows.count, (line) => [line.time === null ? null : isoTime(line.time), several ? `[${line.instance}]` : null, line.stream === 'err' ? 'err' : 'out', line.text]
    .filter((part) => part !== null).join(' '));
}

function textOf(rows: LogRows, from: number, end: number, text: (line: LogLine) => string): string {
  const lines: string[] = [];
  for (let index = from; index < end; index += 1) {
    const line = rows.at(index);
    if (line !== undefined) lines.push(text(line));
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function isoTime(moment: number): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? millisecondOfDay(moment) : date.toISOString();
}
