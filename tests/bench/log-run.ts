// One run of the log figure: the writer writes, and the time is taken from its start to the last write to its file.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { cleanEnvironment, output, pause, until } from './command.ts';
import { checkLines, type LineCheck, type Wrapping } from './check-lines.ts';
import { service, temporaryFolder, type Manager } from './manager.ts';
import { peakMemory } from './procfs.ts';

export const lineCount = 1_000_000;

/** A file that was not written to for this long is complete. */
const quietMs = 1000;

export interface LogRun extends LineCheck {
  readonly ms: number;
  /** Peak memory of the process that writes the logs, in MB; NaN for the baseline. */
  readonly peakMb: number;
}

/** What the writer hands over at once: stdio's own choice, which is what a plain `printf` does, or 64 KiB. */
export type Writes = 'default' | '64 KiB';

const bufferSizes: Readonly<Record<Writes, string>> = { default: '0', '64 KiB': '65536' };

/** `writer | cat > file`. */
export async function runCat(writer: string, writes: Writes): Promise<LogRun> {
  const { folder, remove } = temporaryFolder();
  const [log, start] = [path.join(folder, 'writer.log'), path.join(folder, 'start')];
  try {
    output('sh', ['-c', '"$0" "$1" "$2" "$3" | cat > "$4"', writer, String(lineCount), start, bufferSizes[writes], log], cleanEnvironment({}));
    return { ms: await elapsed(start, folder), peakMb: Number.NaN, ...checkLines([log], 'plain', lineCount) };
  } finally {
    remove();
  }
}

export interface ManagedRun {
  readonly writer: string;
  readonly writes: Writes;
  readonly wrapping: Wrapping;
  /** The process whose memory counts. */
  readonly logPid: () => number;
}

export async function runManaged(manager: Manager, { writer, writes, wrapping, logPid }: ManagedRun): Promise<LogRun> {
  const { folder, remove } = temporaryFolder();
  const [log, start] = [path.join(folder, 'writer.log'), path.join(folder, 'start')];
  try {
    manager.configure([service('writer', writer, { args: [String(lineCount), start, bufferSizes[writes]], restart: false, logFormat: wrapping, logFile: log })]);
    manager.start();
    const ms = await elapsed(start, folder);
    const peakMb = peakMemory(logPid());
    await allCompressed(folder);
    return { ms, peakMb, ...checkLines(logFiles(folder), wrapping, lineCount) };
  } finally {
    await manager.close();
    remove();
  }
}

/** From the writer's first act to the last write, in ms. */
async function elapsed(timesFile: string, folder: string): Promise<number> {
  const startNs = await until('the writer ends', () => writerStart(timesFile));
  for (let before = lastWrite(folder); ; ) {
    await pause(quietMs);
    const now = lastWrite(folder);
    if (now.atNs === before.atNs && now.bytes === before.bytes) return Number(now.atNs - startNs) / 1e6;
    before = now;
  }
}

/** Nanoseconds; null while the writer has not noted its end. */
function writerStart(timesFile: string): bigint | null {
  const [start, end] = (tryRead(timesFile) ?? '').split('\n');
  return start === undefined || end === undefined || end === '' ? null : BigInt(start);
}

/** Rotated files are compressed in the background; that is not part of the time. */
async function allCompressed(folder: string): Promise<void> {
  await until('rotated files are compressed', () => !readdirSync(folder).some((name) => /\.log\.\d+$/.test(name) || name.endsWith('.tmp')));
}

function logFiles(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith('writer.')).map((name) => path.join(folder, name));
}

/** Of the files that grow: a compressed one is made later, out of what was written before. */
function lastWrite(folder: string): { readonly atNs: bigint; readonly bytes: bigint } {
  let [atNs, bytes] = [0n, 0n];
  for (const file of logFiles(folder)) {
    const found = file.includes('.gz') ? undefined : statSync(file, { bigint: true, throwIfNoEntry: false });
    if (found === undefined) continue;
    bytes += found.size;
    if (found.mtimeNs > atNs) atNs = found.mtimeNs;
  }
  return { atNs, bytes };
}

function tryRead(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Not there yet.
    return null;
  }
}
