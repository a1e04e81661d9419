// Small files that tell others about the children (pid files, the journal). Written in the background, each as a whole
// (mode 0600): a disk takes its time to make a file, and no spawn waits for it. One that hangs holds up no other.
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorMessage } from '../../shared/model/failure.ts';
import { makeFolder } from '../platform/home.ts';
import { replaceFile } from '../platform/replace-file.ts';
import { removeLeftoverTemporaries } from '../platform/temporary-file.ts';
import { checkReplaceable } from '../platform/trust/check-file.ts';
import type { Disk } from './disk.ts';

/** Asked at the moment of writing; null removes the file, unless somebody else has written it since. */
export type Content = () => string | null;

export class SmallFiles {
  /** What is to be done; of several wishes for one file the last counts. */
  private readonly wanted = new Map<string, Content>();
  /** Folders in which nothing is left from a crash. */
  private readonly cleaned = new Set<string>();
  /** By file. */
  private readonly working = new Map<string, Promise<void>>();
  /** What is there as far as we wrote it. Another shim may have the file by now: during an upgrade there are two. */
  private readonly written = new Map<string, string>();
  private disowned = false;

  constructor(
    private readonly disk: Disk,
    private readonly log: (text: string) => void,
  ) {}

  set(file: string, content: Content): void {
    if (this.disowned) return;
    this.wanted.set(file, content);
    if (!this.working.has(file)) this.working.set(file, this.work(file));
  }

  /** The files are somebody else's now: from here on nothing is written or removed. */
  disown(): void {
    this.disowned = true;
    this.wanted.clear();
  }

  /** Resolves when everything is as it was wished; never, while a disk hangs. */
  async settled(): Promise<void> {
    while (this.working.size > 0) await Promise.all(this.working.values());
  }

  private async work(file: string): Promise<void> {
    // In a turn of its own, when it is known as the one that works.
    await Promise.resolve();
    for (let content = this.wanted.get(file); content !== undefined; content = this.wanted.get(file)) {
      const wanted = content;
      this.wanted.delete(file);
      try {
        await this.disk.run(file, () => this.put(file, wanted()));
      } catch (error) {
        // A service does not depend on it; the next change tries again.
        this.log(`${file} cannot be written: ${errorMessage(error)}`);
      }
    }
    this.working.delete(file);
  }

  /** The path may be one that a config names, in a folder where others write. */
  private async put(file: string, content: string | null): Promise<void> {
    await checkReplaceable(file);
    if (content === null) {
      const own = this.written.get(file);
      this.written.delete(file);
      if (own === undefined || own === (await readFile(file, 'utf8').catch(() => own))) await rm(file, { force: true });
      return;
    }
    const folder = path.dirname(file);
    await makeFolder(folder);
    if (!this.cleaned.has(folder)) await removeLeftoverTemporaries(folder);
    this.cleaned.add(folder);
    await replaceFile(file, content);
    this.written.set(file, content);
  }
}
