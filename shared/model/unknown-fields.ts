// Fields that a value has and its parsed form lacks: another version wrote them. Schemas drop them in silence, so they are looked for by
// comparing the two. A caller's input is refused for them; what is stored keeps them.

/** Paths such as `specs.0.balancer.shards`, at most `limit`. */
export function unknownFields(raw: unknown, known: unknown, limit = 10): readonly string[] {
  const found: string[] = [];
  compare(raw, known, '', found);
  return found.slice(0, limit);
}

function compare(raw: unknown, known: unknown, path: string, found: string[]): void {
  if (Array.isArray(raw) && Array.isArray(known)) {
    raw.forEach((one, index) => compare(one, known[index], `${path}${index}.`, found));
  } else if (isTable(raw) && isTable(known)) {
    for (const [name, value] of Object.entries(raw)) {
      if (Object.hasOwn(known, name)) compare(value, known[name], `${path}${name}.`, found);
      else if (value !== undefined) found.push(`${path}${name}`);
    }
  }
}

/** `known` with the fields that only `raw` has, at every level. */
export function keepUnknownFields<Known>(raw: unknown, known: Known): Known {
  // Nothing is changed in what `Known` promises: fields are added, never replaced.
  return merge(raw, known) as Known;
}

function merge(raw: unknown, known: unknown): unknown {
  if (Array.isArray(raw) && Array.isArray(known)) return known.map((one: unknown, index) => merge(raw[index], one));
  if (!isTable(raw) || !isTable(known)) return known;
  const merged = Object.entries(known).map(([name, value]) => [name, merge(raw[name], value)] as const);
  const added = Object.entries(raw).filter(([name]) => !Object.hasOwn(known, name));
  return Object.fromEntries([...merged, ...added]);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
