// The older files of one log, numbered like logrotate does: `x.log.1` is the newest, `x.log.2` the one before it; a
// compressed one has `.gz` behind its number. Whatever gives or takes a number waits for its turn.
import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../shared/model/failure.ts';
import type { Compressor } from './compressor.ts';
import type { Disk } from './disk.ts';

interface Slot {
  compressed: boolean;
  queued: boolean;
}

type Slots = (Slot | undefined)[];

export class RotatedFiles {
  /** Index 0 is number 1; a hole is a file that somebody removed. Read from the folder when first needed. */
  private slots: Slots | null = null;
  /** Ends when the one before has ended, well or not. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    /** Not a link: what it leads to. */
    readonly live: string,
    private readonly compressor: Compressor,
    private readonly disk: Disk,
  ) {}

  /** Makes the live file number 1, and removes what is over `maxFiles`. Throws the system error of the rename. */
  push(maxFiles: number, compress: boolean): Promise<void> {
    return this.inTurn(async (slots) => {
      if (maxFiles === 0) {
        await this.trim(slots, 0);
        await rm(this.live, { force: true });
        return;
      }
      await this.trim(slots, maxFiles);
      let hole = slots.findIndex((slot) => slot === undefined);
      if (hole < 0) hole = slots.length;
      if (hole >= maxFiles) await this.remove(slots, (hole = maxFiles - 1));
      for (let index = hole; index > 0; index -= 1) await this.move(slots, index - 1, index);
      await rename(this.live, this.pathOf(0, false));
      slots[0] = { compressed: false, queued: false };
      if (!compress) return;
      // Also those that an earlier shim did not get to.
      for (const slot of slots) if (slot !== undefined && !slot.compressed && !slot.queued) this.compressLater(slot);
    });
  }

  /** Removes files that were last written before `time` (ms since the epoch). */
  removeOlderThan(time: number): Promise<void> {
    return this.inTurn(async (slots) => {
      for (const [index, slot] of slots.entries()) {
        if (slot === undefined) continue;
        const stats = await stat(this.pathOf(index, slot.compressed)).catch(() => null);
        if (stats !== null && stats.mtimeMs < time) await this.remove(slots, index);
      }
    });
  }

  clear(): Promise<void> {
    return this.inTurn((slots) => this.trim(slots, 0));
  }

  private inTurn<Value>(action: (slots: Slots) => Promise<Value>): Promise<Value> {
    const mine = this.turn.then(() => this.disk.run(this.live, async () => await action((this.slots ??= await this.scan()))));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async trim(slots: Slots, maxFiles: number): Promise<void> {
    for (let index = slots.length - 1; index >= maxFiles; index -= 1) await this.remove(slots, index);
    slots.length = Math.min(slots.length, maxFiles);
  }

  private async move(slots: Slots, from: number, to: number): Promise<void> {
    const slot = slots[from];
    if (slot === undefined) return;
    try {
      await rename(this.pathOf(from, slot.compressed), this.pathOf(to, slot.compressed));
      slots[to] = slot;
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      slots[to] = undefined;
    }
    slots[from] = undefined;
  }

  private async remove(slots: Slots, index: number): Promise<void> {
    const slot = slots[index];
    if (slot === undefined) return;
    await rm(this.pathOf(index, slot.compressed), { force: true });
    slots[index] = undefined;
  }

  private compressLater(slot: Slot): void {
    slot.queued = true;
    const present = (slots: Slots): string | null => {
      const index = slots.indexOf(slot);
      return index < 0 ? null : this.pathOf(index, false);
    };
    this.compressor.add({
      open: (open) =>
        this.inTurn(async (slots) => {
          const source = present(slots);
          return source === null ? null : await open(source);
        }),
      temporary: `${this.live}.gz.tmp`,
      replace: (put) =>
        this.inTurn(async (slots) => {
          const source = present(slots);
          if (source === null) return;
          await put(source, `${source}.gz`);
          slot.compressed = true;
        }),
    });
  }

  private pathOf(index: number, compressed: boolean): string {
    return `${this.live}.${index + 1}${compressed ? '.gz' : ''}`;
  }

  /** What an earlier shim left. A number in both forms is one whose compression was cut short at the very end: `.gz` is whole. */
  private async scan(): Promise<Slots> {
    const found: Slots = [];
    const base = path.basename(this.live);
    for (const name of await readdir(path.dirname(this.live))) {
      if (!name.startsWith(`${base}.`)) continue;
      const [, number, gz] = /^([1-9]\d{0,4})(\.gz)?$/.exec(name.slice(base.length + 1)) ?? [];
      if (number === undefined) continue;
      const index = Number(number) - 1;
      const compressed = gz !== undefined;
      if (found[index] !== undefined) await rm(this.pathOf(index, false), { force: true });
      found[index] = { compressed: compressed || found[index] !== undefined, queued: false };
    }
    return found;
  }
}
