// `restart` and `reload` always use the config as it is now: definitions are read again from where they came.
import { access } from 'node:fs/promises';
import { Failure } from '../../../shared/model/failure.ts';
import type { ProcessSource, ProcessSpec } from '../../../shared/contract/spec.ts';
import type { Engine } from '../engine.ts';
import { refuseRecovered } from '../recovered.ts';
import { applySpec, type Applied } from './apply-spec.ts';
import type { CallerEnvironment } from './caller-environment.ts';
import type { Environment } from './environment.ts';

export interface RefreshedSpecs {
  /** The definitions as they are now; one that could not be read again is not among them. */
  readonly specs: readonly ProcessSpec[];
  /** Takes the new definitions over, in one step. */
  apply(): readonly Applied[];
  /** What a person should know of a process whose definition could not be read again; empty otherwise. */
  remark(name: string): string;
}

/** Throws a Failure `invalid-config` with every problem; nothing has changed then. */
export async function refreshSpecs(engine: Engine, names: readonly string[], caller: CallerEnvironment): Promise<RefreshedSpecs> {
  refuseRecovered(engine, names);
  const fresh: ProcessSpec[] = [];
  const remarks = new Map<string, string>();
  for (const [, group] of groupBySource(engine, names)) {
    const { source } = group;
    if (source.kind === 'config' && !(await exists(source.file))) {
      for (const name of group.names) remarks.set(name, `${source.file} is gone: started as it was`);
      continue;
    }
    const loaded = await load(source, caller.values(group.names[0] ?? ''));
    for (const name of group.names) {
      const spec = loaded.find((one) => one.name === name);
      if (spec === undefined) remarks.set(name, `${describe(source)} has it no more: started as it was`);
      else fresh.push(spec);
    }
  }
  return {
    specs: fresh,
    apply: () => fresh.filter((spec) => engine.list.get(spec.name) !== undefined).map((spec) => applySpec(engine, spec, caller.key(spec.name))),
    remark: (name) => remarks.get(name) ?? '',
  };
}

async function load(source: ProcessSource, environment: Environment): Promise<readonly ProcessSpec[]> {
  // Loaded only now: most supervisors never read a config.
  const config = await import('../config/index.ts');
  const result =
    source.kind === 'config' ? await config.loadConfig(source.file, { env: environment }) : await config.resolveProgram(source.request, { env: environment });
  if (result.ok) return result.specs;
  throw new Failure('invalid-config', config.formatProblems(result.problems), { problems: result.problems });
}

function groupBySource(engine: Engine, names: readonly string[]): Map<string, { readonly source: ProcessSource; readonly names: string[] }> {
  const groups = new Map<string, { readonly source: ProcessSource; readonly names: string[] }>();
  for (const name of names) {
    const source = engine.list.get(name)?.spec.source;
    if (source === undefined) continue;
    const key = source.kind === 'config' ? source.file : `program ${name}`;
    const group = groups.get(key) ?? { source, names: [] };
    group.names.push(name);
    groups.set(key, group);
  }
  return groups;
}

function describe(source: ProcessSource): string {
  return source.kind === 'config' ? source.file : source.request.target;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
