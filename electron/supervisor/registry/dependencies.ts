// Who waits for whom. Pure: works on specs and on what is asked about a process.
import type { Dependency, ProcessSpec } from '../../../shared/contract/spec.ts';
import type { Life } from '../lifecycle/life.ts';

type Node = Pick<ProcessSpec, 'name' | 'dependsOn'>;

/**
 * Names in levels: a process comes in a later level than everything it depends on (inside `names`).
 * A cycle cannot come from a checked config; should there be one, its members share the last level.
 */
export function dependencyLevels(specs: readonly Node[]): readonly (readonly string[])[] {
  const open = new Map(specs.map((spec) => [spec.name, spec.dependsOn.map((one) => one.name)]));
  const levels: string[][] = [];
  while (open.size > 0) {
    const free = [...open].filter(([, needs]) => needs.every((name) => !open.has(name))).map(([name]) => name);
    const level = free.length > 0 ? free : [...open.keys()];
    for (const name of level) open.delete(name);
    levels.push(level);
  }
  return levels;
}

/** The names and everything they depend on, directly or not. */
export function withDependencies(names: readonly string[], find: (name: string) => Node | undefined): readonly string[] {
  const found = new Set<string>();
  const queue = [...names];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    queue.push(...(find(name)?.dependsOn.map((one) => one.name) ?? []));
  }
  return [...found];
}

export type Satisfaction = 'satisfied' | 'pending' | 'impossible';

/** Whether one instance of a dependency meets the condition; `impossible` when it will not without a new command. */
export function satisfaction(life: Life, hasPid: boolean, condition: Dependency['condition']): Satisfaction {
  switch (life.state) {
    case 'exited':
      return 'satisfied';
    case 'errored':
    case 'stopped':
      return 'impossible';
    case 'online':
      return condition === 'completed' ? 'pending' : 'satisfied';
    case 'starting':
      return condition === 'started' && hasPid ? 'satisfied' : 'pending';
    case 'waiting':
    case 'stopping':
    case 'backoff':
    case 'lost':
      return 'pending';
  }
}
