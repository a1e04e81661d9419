// Small files that tell others about the children (pid files, the journal). Written in the background, one after the
// other, each as a whole (mode 0600): a disk takes its time to make a file, and no spawn waits for it.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorMessage } from '../../shared/model/failure.ts';

/** Asked at the moment of writing; null removes the file. */
export type Content = () => string | null;

export class SmallFiles {
  /** What is to be done; of several wishes for one file the last counts. */
  private readonly wanted = new Map<string, Content>();
  private working: Promise<void> | null = null;
  private disowned = false;

  constructor(private readonly log: (text: string) => void) {}

  set(file: string, content: Content): void {
    if (this.disowned) return;
    this.wanted.set(file, content);
    this.working ??= this.work();
  }

  /** The files are somebody else's now: from here on nothing is written or removed. */
  disown(): void {
    this.disowned = true;
    this.wanted.clear();
  }

  /** Resolves when everything is as it was wished. */
  async settled(): Promise<void> {
    while (this.working !== null) await this.working;
  }

  private async work(): Promise<void> {
    for (let [next] = this.wanted; next !== undefined; [next] = this.wanted) {
      const [file, content] = next;
      this.wanted.delete(file);
      try {
        await put(file, content());
      } catch (error) {
        // A service does not depend on it; the next change tries again.
        this.log(`${file} cannot be written: ${errorMessage(error)}`);
      }
    }
    this.working = null;
  }
}

async function put(file: string, content: string | null): Promise<void> {
  if (content === null) {
    await rm(file, { force: true });
    return;
  }
  const temporary = `${file}.${process.pid}.tmp`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(temporary, content, { mode: 0o600 });
  await rename(temporary, file);
}
