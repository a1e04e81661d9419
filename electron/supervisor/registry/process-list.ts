// The list of managed processes: which instances exist, under which name and id.
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import type { Instance } from '../lifecycle/instance.ts';

/** A number of instances that was asked for by `scale`: it holds for as long as the config says `from`. */
export interface Scaled {
  readonly from: number;
  readonly to: number;
}

export interface ManagedProcess {
  spec: ProcessSpec;
  scaled: Scaled | null;
  /** Its definition was lost with the state file. What runs of it goes on; `spec` says no more than what can be seen of that. */
  recovered?: boolean;
  /** Written back to the state file as it was read. */
  readonly kept?: object;
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
}
