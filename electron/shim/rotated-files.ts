// The older files of one log, numbered like logrotate does: `x.log.1` is the newest, `x.log.2` the one before it; a
// compressed one has `.gz` behind its number. Everything that gives a number happens in one turn of the event loop.
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../../shared/model/failure.ts';
import type { Compressor } from './compressor.ts';

interface Slot {
  compressed: boolean;
  queued: boolean;
}

export class RotatedFiles {
  /** Index 0 is number 1; a hole is a file that somebody removed. Read from the folder when first needed. */
  private slots: (Slot | undefined)[] | null = null;

  constructor(
    private readonly live: string,
    private readonly compressor: Compressor,
  ) {}

  /** Makes the live file number 1, and removes what is over `maxFiles`. Throws the system error of the rename. */
  push(maxFiles: number, compress: boolean): void {
    const slots = this.read();
    if (maxFiles === 0) {
      this.clear();
      rmSync(this.live, { force: true });
      return;
    }
    this.trim(maxFiles);
    let hole = slots.findIndex((slot) => slot === undefined);
    if (hole < 0) hole = slots.length;
    if (hole >= maxFiles) this.remove((hole = maxFiles - 1));
    for (let index = hole; index > 0; index -= 1) this.move(index - 1, index);
    renameSync(this.live, this.pathOf(0, false));
    slots[0] = { compressed: false, queued: false };
    if (!compress) return;
    // Also those that an earlier shim did not get to.
    for (const slot of slots) if (slot !== undefined && !slot.compressed && !slot.queued) this.compressLater(slot);
  }

  /** Removes files that were last written before `time` (ms since the epoch). */
  removeOlderThan(time: number): void {
    this.read().forEach((slot, index) => {
      if (slot === undefined) return;
      const stats = statSync(this.pathOf(index, slot.compressed), { throwIfNoEntry: false });
      if (stats !== undefined && stats.mtimeMs < time) this.remove(index);
    });
  }

  clear(): void {
    this.trim(0);
  }

  private trim(maxFiles: number): void {
    const slots = this.read();
    for (let index = slots.length - 1; index >= maxFiles; index -= 1) this.remove(index);
    slots.length = Math.min(slots.length, maxFiles);
  }

  private move(from: number, to: number): void {
    const slots = this.read();
    const slot = slots[from];
    if (slot === undefined) return;
    try {
      renameSync(this.pathOf(from, slot.compressed), this.pathOf(to, slot.compressed));
      slots[to] = slot;
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      slots[to] = undefined;
    }
    slots[from] = undefined;
  }

  private remove(index: number): void {
    const slots = this.read();
    const slot = slots[index];
    if (slot === undefined) return;
    rmSync(this.pathOf(index, slot.compressed), { force: true });
    slots[index] = undefined;
  }

  private compressLater(slot: Slot): void {
    slot.queued = true;
    const index = (): number => this.slots?.indexOf(slot) ?? -1;
    this.compressor.add({
      path: () => (index() < 0 ? null : this.pathOf(index(), false)),
      temporary: `${this.live}.gz.tmp`,
      done: () => (slot.compressed = true),
    });
  }

  private pathOf(index: number, compressed: boolean): string {
    return `${this.live}.${index + 1}${compressed ? '.gz' : ''}`;
  }

  private read(): (Slot | undefined)[] {
    this.slots ??= this.scan();
    return this.slots;
  }

  /** What an earlier shim left. A number in both forms is one whose compression was cut short at the very end: `.gz` is whole. */
  private scan(): (Slot | undefined)[] {
    const found: (Slot | undefined)[] = [];
    const base = path.basename(this.live);
    for (const name of readdirSync(path.dirname(this.live))) {
      if (!name.startsWith(`${base}.`)) continue;
      const [, number, gz] = /^([1-9]\d{0,4})(\.gz)?$/.exec(name.slice(base.length + 1)) ?? [];
      if (number === undefined) continue;
      const index = Number(number) - 1;
      const compressed = gz !== undefined;
      if (found[index] !== undefined) rmSync(this.pathOf(index, false), { force: true });
      found[index] = { compressed: compressed || found[index] !== undefined, queued: false };
    }
    return found;
  }
}
