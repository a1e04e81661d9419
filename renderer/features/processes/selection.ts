// Which processes are chosen, and where a range begins. Pure, by name: what is filtered away or gone is no longer chosen.

export interface Selection {
  readonly names: ReadonlySet<string>;
  /** Where a range that is extended with Shift begins. */
  readonly anchor: string | null;
}

export const nothingSelected: Selection = { names: new Set(), anchor: null };

export function toggle({ names }: Selection, name: string): Selection {
  const next = new Set(names);
  if (!next.delete(name)) next.add(name);
  return { names: next, anchor: name };
}

/** From the anchor to `name`, in the order that is shown; what else was chosen stays. */
export function extendTo(selection: Selection, name: string, shown: readonly string[]): Selection {
  const from = shown.indexOf(selection.anchor ?? name);
  const to = shown.indexOf(name);
  if (from === -1 || to === -1) return { names: new Set(selection.names).add(name), anchor: name };
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { names: new Set([...selection.names, ...range]), anchor: selection.anchor ?? name };
}

export function selectAll(shown: readonly string[]): Selection {
  return { names: new Set(shown), anchor: null };
}

/** The same object when all of it is shown. */
export function keepShown(selection: Selection, shown: readonly string[]): Selection {
  if (selection.names.size === 0) return selection;
  const present = new Set(shown);
  const names = new Set([...selection.names].filter((name) => present.has(name)));
  return names.size === selection.names.size ? selection : { names, anchor: selection.anchor !== null && present.has(selection.anchor) ? selection.anchor : null };
}
