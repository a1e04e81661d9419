// Measurements of the last ten minutes, in memory: one ring of plain numbers per instance.
import { Failure } from '../../../shared/model/failure.ts';

export const historyMs = 600_000;
/** One a second for ten minutes. */
const capacity = 600;

export interface HistorySlice {
  readonly at: readonly number[];
  readonly cpuPercent: readonly number[];
  readonly memoryBytes: readonly number[];
}

interface Ring {
  readonly at: Float64Array;
  readonly cpuPercent: Float32Array;
  readonly memoryBytes: Float64Array;
  next: number;
  count: number;
}

export class MetricsHistory {
  private readonly rings = new Map<number, Ring>();

  add(id: number, at: number, cpuPercent: number, memoryBytes: number): void {
    let ring = this.rings.get(id);
    if (ring === undefined) {
      ring = { at: new Float64Array(capacity), cpuPercent: new Float32Array(capacity), memoryBytes: new Float64Array(capacity), next: 0, count: 0 };
      this.rings.set(id, ring);
    }
    ring.at[ring.next] = at;
    ring.cpuPercent[ring.next] = cpuPercent;
    ring.memoryBytes[ring.next] = memoryBytes;
    ring.next = (ring.next + 1) % capacity;
    ring.count = Math.min(capacity, ring.count + 1);
  }

  /** Those of an instance since a moment, oldest first. */
  since(id: number, moment: number): HistorySlice {
    const at: number[] = [];
    const cpuPercent: number[] = [];
    const memoryBytes: number[] = [];
    const ring = this.rings.get(id);
    if (ring === undefined) return { at, cpuPercent, memoryBytes };
    for (let step = ring.count; step > 0; step--) {
      const index = (ring.next - step + capacity) % capacity;
      const time = numberAt(ring.at, index);
      if (time < moment) continue;
      at.push(time);
      cpuPercent.push(Math.round(numberAt(ring.cpuPercent, index) * 10) / 10);
      memoryBytes.push(numberAt(ring.memoryBytes, index));
    }
    return { at, cpuPercent, memoryBytes };
  }

  /** Forgets instances that are not there any more. */
  keep(ids: ReadonlySet<number>): void {
    for (const id of this.rings.keys()) if (!ids.has(id)) this.rings.delete(id);
  }
}

function numberAt(list: Float64Array | Float32Array, index: number): number {
  const value = list[index];
  if (value === undefined) throw new Failure('internal', `no measurement at ${index}`);
  return value;
}
