// All that the shim does with files goes through here, because any of it may hang: a frozen disk, a server that is gone.
// What hangs holds one of the few threads of the process, so each file system gets two at the most; whoever wants more
// waits for the same file system, and for no other.
import type { Clock } from '../../shared/model/clock.ts';
import { Mounts } from '../platform/mounts.ts';

/** Enough for seven file systems that hang; a thread that waits costs a few pages of memory. */
export const diskThreads = 16;
const perDevice = 2;

interface Device {
  running: number;
  readonly waiting: (() => void)[];
}

export class Disk {
  private readonly mounts: Mounts;
  private readonly devices = new Map<string, Device>();

  constructor(clock: Clock) {
    this.mounts = new Mounts(() => clock.elapsed());
  }

  /** Operations that have not come back, or not even begun. */
  get pending(): number {
    return [...this.devices.values()].reduce((total, { running, waiting }) => total + running + waiting.length, 0);
  }

  /** The same opaque name for all files of one file system. */
  deviceOf(file: string): string {
    return this.mounts.deviceOf(file);
  }

  /** `file` says which file system it is. The operation waits for nothing but that file system, and asks for no other one. */
  run<Value>(file: string, operation: () => Promise<Value>): Promise<Value> {
    return this.runOn(this.deviceOf(file), operation);
  }

  /** On the file system of this name. */
  async runOn<Value>(name: string, operation: () => Promise<Value>): Promise<Value> {
    const device = this.devices.get(name) ?? { running: 0, waiting: [] };
    this.devices.set(name, device);
    if (device.running >= perDevice) await new Promise<void>((resolve) => device.waiting.push(resolve));
    else device.running += 1;
    try {
      return await operation();
    } finally {
      const next = device.waiting.shift();
      // The place is handed on.
      if (next !== undefined) next();
      else device.running -= 1;
      if (device.running === 0) this.devices.delete(name);
    }
  }
}
