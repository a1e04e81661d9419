// dependsOn must name processes of the file and must not run in a circle.
import type { Candidate } from './candidate.ts';
import { didYouMean } from '../../../shared/model/did-you-mean.ts';
import type { LocatedNode, Range, View } from './located.ts';
import { entryOf, validItems } from './located.ts';
import type { ProblemList } from './problem.ts';

interface Edge {
  readonly to: string;
  readonly range: Range | null;
}

export function checkDependencies(candidates: readonly Candidate[], view: View, problems: ProblemList): void {
  const names = candidates.flatMap(({ fields }) => fields.name ?? []);
  const edges = new Map<string, readonly Edge[]>();
  for (const candidate of candidates) {
    const { name } = candidate.fields;
    const seen = new Set<string>();
    const own: Edge[] = [];
    for (const edge of edgesOf(candidate, view)) {
      if (edge.to === name) problems.add(edge.range, `"${name}" depends on itself`, 'remove the entry');
      else if (!names.includes(edge.to)) {
        problems.add(edge.range, `no process is named "${edge.to}"`, didYouMean(edge.to, names) ?? `the processes are: ${names.slice(0, 20).join(', ')}`);
      } else if (seen.has(edge.to)) problems.add(edge.range, `"${edge.to}" is listed twice`, 'remove one of the two');
      else own.push(edge);
      seen.add(edge.to);
    }
    if (name !== undefined && !edges.has(name)) edges.set(name, own);
  }
  reportCycles(edges, problems);
}

function edgesOf({ merged }: Candidate, view: View): Edge[] {
  return validItems(entryOf(merged, 'dependsOn')?.value, view).flatMap((item) => {
    const node: LocatedNode | undefined = item.kind === 'map' ? entryOf(item, 'name')?.value : item;
    const to = node?.kind === 'scalar' && !view.invalid.has(node) ? node.value : null;
    return typeof to === 'string' ? [{ to, range: node?.range ?? null }] : [];
  });
}

/** Depth-first without recursion: a chain may be as long as the file. Each circle is reported once, at the entry that closes it. */
function reportCycles(edges: ReadonlyMap<string, readonly Edge[]>, problems: ProblemList): void {
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const path: { readonly name: string; next: number }[] = done.has(start) ? [] : [{ name: start, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = edges.get(top.name)?.[top.next];
      top.next += 1;
      if (edge === undefined) {
        done.add(top.name);
        path.pop();
        continue;
      }
      const closing = path.findIndex(({ name }) => name === edge.to);
      if (closing !== -1) {
        const circle = [...path.slice(closing).map(({ name }) => name), edge.to];
        problems.add(edge.range, `the dependencies run in a circle: ${circle.join(' → ')}`, 'remove one of them');
      } else if (!done.has(edge.to)) path.push({ name: edge.to, next: 0 });
    }
  }
}
