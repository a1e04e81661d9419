// Takes over a definition: makes, keeps or removes instances. Starts and stops nothing.
import { Failure } from '../../../shared/model/failure.ts';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import { hostId, type Seat } from '../../../shared/model/shim-protocol.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import type { ManagedProcess } from './process-list.ts';

/** `before`: what its child was started with, or without a child its definition until now. */
export interface KeptInstance {
  readonly instance: Instance;
  readonly before: ProcessSpec;
  /** It runs, and nobody knew its definition until now: it is taken to be this one. */
  readonly recovered: boolean;
}

export interface Applied {
  readonly managed: ManagedProcess;
  readonly kept: readonly KeptInstance[];
  readonly added: readonly Instance[];
  /** Still running perhaps; no longer in the list once they are stopped. */
  readonly removed: readonly Instance[];
}

export function applySpec(engine: Engine, fresh: ProcessSpec, environment: string): Applied {
  const known = engine.list.get(fresh.name);
  const managed: ManagedProcess = known ?? { spec: fresh, scaled: null, instances: [] };
  const spec = withScale(managed, fresh);
  const recovered = managed.recovered === true;
  if (recovered) for (const instance of managed.instances) instance.applied = spec;
  managed.recovered = false;
  const kept = managed.instances
    .filter((one) => one.instance < spec.instances)
    .map((instance) => ({ instance, before: recovered ? spec : instance.current, recovered: recovered && instance.child !== null }));
  const removed = managed.instances.filter((one) => one.instance >= spec.instances);
  managed.spec = spec;
  for (const instance of managed.instances) instance.spec = spec;

  const added: Instance[] = [];
  const present = new Set(kept.map((one) => one.instance.instance));
  for (let number = 0; number < spec.instances; number++) {
    if (present.has(number)) continue;
    const seed = { id: engine.nextId++, desired: 'down', run: 0, restarts: 0, life: { state: 'stopped' }, seat: freeSeat(engine, spec.name, number) } as const;
    added.push(engine.createInstance(spec, number, seed, environment));
  }
  managed.instances.push(...added);
  managed.instances.sort((a, b) => a.instance - b.instance);
  if (known === undefined) engine.list.set(spec.name, managed);
  return { managed, kept, added, removed };
}

/** Somebody may still drain on the first one. */
function freeSeat(engine: Engine, name: string, number: number): Seat {
  return engine.find(hostId(name, number, 0)) === undefined ? 0 : 1;
}

/** What `scale` asked for holds until the definition names another number than it did then. */
function withScale(managed: ManagedProcess, fresh: ProcessSpec): ProcessSpec {
  if (managed.scaled?.from !== fresh.instances) managed.scaled = null;
  return managed.scaled === null ? fresh : { ...fresh, instances: managed.scaled.to };
}

/** Takes a stopped instance out of the list, and its process with the last one. */
export function dropInstance(engine: Engine, instance: Instance): void {
  engine.removeInstance(instance);
  const managed = engine.list.get(instance.spec.name);
  if (managed === undefined) return;
  const index = managed.instances.indexOf(instance);
  if (index !== -1) managed.instances.splice(index, 1);
  if (managed.instances.length === 0) engine.list.delete(instance.spec.name);
}

/** Checks specs against each other and against what is known. Throws a Failure `invalid-input`; nothing has changed then. */
export function checkSpecs(engine: Engine, specs: readonly ProcessSpec[]): void {
  const names = new Set<string>();
  for (const spec of specs) {
    if (names.has(spec.name)) throw new Failure('invalid-input', `the name ${spec.name} is used twice.`);
    names.add(spec.name);
    refuseHijack(engine, spec);
  }
  for (const spec of specs) {
    for (const { name } of spec.dependsOn) {
      if (!names.has(name) && engine.list.get(name) === undefined) {
        throw new Failure('invalid-input', `${spec.name} depends on ${name}, which is not known; start it too.`);
      }
    }
  }
}

/** Two projects may use the same name; the second must not take over what the first has running. */
function refuseHijack(engine: Engine, spec: ProcessSpec): void {
  const known = engine.list.get(spec.name);
  if (known === undefined || known.instances.every((one) => one.desired === 'down')) return;
  const [now, then] = [spec.source, known.spec.source];
  if (now.kind !== 'config' || then.kind !== 'config' || now.file === then.file || known.spec.cwd === spec.cwd) return;
  throw new Failure('invalid-input', `${spec.name} runs already, defined by ${then.file}. Use another name in ${now.file}, or delete the other one first: tspm delete ${spec.name}`);
}
