// Fields that a Connection field names: they end here as well.

/** Without these the message would mean something else, or nothing: naming them does not take them away. */
const lasting: ReadonlySet<string> = new Set(['host', 'content-length', 'expect']);

/** `lines` without those whose name is in `names`, which are in lower case. */
export function withoutNamed(lines: string, names: readonly string[]): string {
  const doomed = new Set(names.filter((name) => !lasting.has(name)));
  if (doomed.size === 0) return lines;
  return lines
    .split('\r\n')
    .filter((line) => !doomed.has(line.slice(0, Math.max(0, line.indexOf(':'))).toLowerCase()))
    .join('\r\n');
}
