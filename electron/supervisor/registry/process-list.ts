// The list of managed processes: which instances exist, under which name and id.
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import type { Instance } from '../lifecycle/instance.ts';

export interface ManagedProcess {
  spec: ProcessSpec;
  /** Instance number → instance, in order. */
  readonly instances: Instance[];
}

export class ProcessList {
  private readonly byName = new Map<string, ManagedProcess>();

  get(name: string): ManagedProcess | undefined {
    return this.byName.get(name);
  }

  set(name: string, managed: ManagedProcess): void {
    this.byName.set(name, managed);
  }

  delete(name: string): void {
    this.byName.delete(name);
  }

  processes(): readonly ManagedProcess[] {
    return [...this.byName.values()];
  }

  instances(): readonly Instance[] {
    return this.processes().flatMap((managed) => managed.instances);
  }

  /** By `name:instance`. */
  find(key: string): Instance | undefined {
    const colon = key.lastIndexOf(':');
    const number = Number(key.slice(colon + 1));
    return this.byName.get(key.slice(0, colon))?.instances.find((one) => one.instance === number);
  }
}
