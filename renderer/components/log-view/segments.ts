// A line cut into pieces that look alike: by the colours its program asked for, by its fields, by what a search found.
// The pieces' texts together are the line's text.
import Anser, { type AnserJsonEntry, type DecorationName } from 'anser';
import { paint } from './ansi-colours.ts';
import type { Colour } from './contrast.ts';
import type { LogLine } from './log-line.ts';
import type { TextRange } from './find-ranges.ts';

export interface Segment {
  readonly text: string;
  /** CSS colours; null where the program asked for none. */
  readonly foreground: string | null;
  readonly background: string | null;
  readonly decorations: readonly DecorationName[];
  /** What part of a structured line it is. */
  readonly part: 'message' | 'field-name' | 'field-value';
  /** Which of the ranges that were found it belongs to; null for none. */
  readonly found: number | null;
}

const plain = { foreground: null, background: null, decorations: [], found: null } as const;

export function segmentsOf(line: LogLine): readonly Segment[] {
  const message = line.coloured.includes('\x1b') ? colouredSegments(line.coloured) : [messageSegment(line.coloured)];
  const separator = line.messageEnd > 0 && line.fields.length > 0 ? [messageSegment(' ')] : [];
  return [...message, ...separator, ...fieldSegments(line)].filter(({ text }) => text !== '');
}

function messageSegment(text: string): Segment {
  return { ...plain, text, part: 'message' };
}

function colouredSegments(text: string): readonly Segment[] {
  return Anser.ansiToJson(text, { use_classes: false }).map((entry) => ({ ...appearance(entry), text: entry.content, part: 'message', found: null }));
}

function appearance(entry: AnserJsonEntry): Pick<Segment, 'foreground' | 'background' | 'decorations'> {
  const foreground = colour(entry.fg);
  const background = colour(entry.bg);
  // anser has exchanged the two already where `reverse` was asked for.
  return { ...paint(foreground, background), decorations: entry.decorations };
}

/** anser gives colours as "r, g, b". */
function colour(text: string | null): Colour | null {
  const [, red, green, blue] = /^(\d+),\s*(\d+),\s*(\d+)$/.exec(text ?? '') ?? [];
  return red === undefined || green === undefined || blue === undefined ? null : [Number(red), Number(green), Number(blue)];
}

function fieldSegments({ fields }: LogLine): readonly Segment[] {
  return fields.flatMap(({ name, value }, index): readonly Segment[] => [
    { ...plain, text: `${name}=`, part: 'field-name' },
    { ...plain, text: index === fields.length - 1 ? value : `${value} `, part: 'field-value' },
  ]);
}

/** The same pieces, cut where a range begins or ends. */
export function highlighted(segments: readonly Segment[], ranges: readonly TextRange[]): readonly Segment[] {
  if (ranges.length === 0) return segments;
  const pieces: Segment[] = [];
  let offset = 0;
  for (const segment of segments) {
    let from = 0;
    ranges.forEach((range, found) => {
      const start = Math.max(range.start - offset, from);
      const end = Math.min(range.end - offset, segment.text.length);
      if (end <= start) return;
      if (start > from) pieces.push({ ...segment, text: segment.text.slice(from, start) });
      pieces.push({ ...segment, text: segment.text.slice(start, end), found });
      from = end;
    });
    if (from < segment.text.length) pieces.push({ ...segment, text: segment.text.slice(from) });
    offset += segment.text.length;
  }
  return pieces;
}
