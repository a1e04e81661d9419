// Two processes must not share a name or a port.
import type { Candidate } from './candidate.ts';
import { fieldRange } from './candidate.ts';
import type { ProblemList } from './problem.ts';

export function checkNames(candidates: readonly Candidate[], problems: ProblemList): void {
  const seen = new Set<string>();
  for (const candidate of candidates) {
    const { name } = candidate.fields;
    if (name === undefined) continue;
    if (seen.has(name)) problems.add(fieldRange(candidate, 'name'), `the name "${name}" is used twice`, 'every process needs a name of its own');
    if (name === 'all') problems.add(fieldRange(candidate, 'name'), 'the name "all" is taken: as a selector it means every process', 'choose another name');
    seen.add(name);
  }
}

interface PortRange {
  readonly owner: string;
  readonly first: number;
  readonly last: number;
}

/** TSPM listens on `port`; without a balancer instance i listens on `port + i`. `parallelism` is what `instances: max` stands for. */
export function checkPorts(candidates: readonly Candidate[], parallelism: number, problems: ProblemList): void {
  const taken: PortRange[] = [];
  for (const candidate of candidates) {
    const { name, port, instances = 1 } = candidate.fields;
    if (port === undefined) continue;
    const owner = name === undefined ? 'another process' : `"${name}"`;
    const count = candidate.fields.balancer?.mode !== 'none' ? 1 : instances === 'max' ? parallelism : instances;
    const own = { owner, first: port, last: port + count - 1 };
    const range = fieldRange(candidate, 'port');
    if (own.last > 65_535) problems.add(range, `the ports of ${owner} (${show(own)}) end above 65535`, 'lower the port or the instances');
    const other = taken.find(({ first, last }) => own.first <= last && first <= own.last);
    if (other !== undefined) {
      const shared = Math.max(own.first, other.first);
      problems.add(range, `port ${shared} is used by ${other.owner} (${show(other)}) and by ${owner} (${show(own)})`, 'choose ports that do not meet; without a balancer (mode none) instance i listens on port + i');
    }
    taken.push(own);
  }
}

function show({ first, last }: PortRange): string {
  return first === last ? `port ${first}` : `ports ${first} to ${last}`;
}
