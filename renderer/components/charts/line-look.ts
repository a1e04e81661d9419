// How the lines of a chart are told apart: by colour and, from the fifth on, by dashes too.

export interface LineLook {
  readonly label: string;
  /** Place in the palette. */
  readonly colour: number;
}

/** Lengths of dashes and gaps in pixels; null for an unbroken line. */
export function dashOf(colour: number): readonly [number, number] | null {
  return colour % 8 < 4 ? null : [5, 3];
}

/** More lines than this nobody can tell apart. */
export const maxLines = 8;

/** The lines of a band, in their order. */
export const bandLooks = [
  { label: 'highest', colour: 0 },
  { label: 'mean', colour: 0 },
  { label: 'lowest', colour: 0 },
] as const satisfies readonly LineLook[];
