// What a shim's journal says to other shims: whose it is, and whether he has services.
import { readFileSync } from 'node:fs';

export interface JournalledShim {
  readonly pid: number;
  readonly startTime: string;
  readonly hasServices: boolean;
}

/** null when there is none, or none that can be read. */
export function shimInJournal(file: string): JournalledShim | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null || !('shimPid' in value) || !('shimStartTime' in value) || !('children' in value)) return null;
    return { pid: Number(value.shimPid), startTime: String(value.shimStartTime), hasServices: Array.isArray(value.children) && value.children.length > 0 };
  } catch {
    // Missing, or cut short.
    return null;
  }
}
