// The one way in for whoever shows logs: what the files of some instances hold, then what comes, as one stream.
import { setMaxListeners } from 'node:events';
import type { LogSource } from '../../../shared/contract/reports.ts';
import { createFolderWatches } from './folder-watches.ts';
import { followFile, type FollowSink } from './follow-file.ts';
import { openLive, reading, type LiveFile } from './live-file.ts';
import { parseLogLine, type LogEntry, type LogFile, type LogStream } from './log-entry.ts';
import { mergeByTime, orderByTime } from './merge.ts';
import type { LogPositions } from './positions.ts';
import { entriesSince, lastEntries, type EntryFilter } from './stored-entries.ts';

/** Entries are handed over in batches of at most this many. */
const batchSize = 256;

export type LogBeginning =
  /** The last lines of each file that pass, none older than `since` (ms since the epoch). */
  | { readonly kind: 'last'; readonly lines: number; readonly since: number | null }
  /** Everything since a moment (ms since the epoch). */
  | { readonly kind: 'since'; readonly since: number }
  /** What was written after these positions were noted. */
  | { readonly kind: 'positions'; readonly positions: LogPositions };

export interface LogQuery {
  readonly beginning: LogBeginning;
  readonly streams: readonly LogStream[];
  readonly matches: (message: string) => boolean;
}

/** Takes entries; the next ones come when it resolves, so a slow reader slows only the reading. */
export type LogSink = (entries: readonly LogEntry[]) => Promise<void>;

/**
 * Reads the logs of these sources into `sink`: first what is stored, in the order of time where the files tell it, then,
 * with `follow`, whatever is written until the signal aborts. Nothing is lost or doubled between the two, nor over a
 * rotation. Throws a Failure `failed` that names the file which cannot be read.
 */
export async function readLogs(sources: readonly LogSource[], query: LogQuery, sink: LogSink, follow: AbortSignal | null): Promise<void> {
  const files = logFilesOf(sources, query.streams);
  const accepts = (entry: LogEntry): boolean => query.streams.includes(entry.stream) && query.matches(searchedText(entry));
  const opened = await Promise.all(files.map(async (file) => ({ file, live: await reading(file, () => openLive(file.path, follow !== null)) })));
  try {
    await emitStored(opened, query.beginning, accepts, sink);
    if (follow === null) return;
    const followed = opened.splice(0);
    const watches = createFolderWatches();
    // Each file's follower listens.
    setMaxListeners(0, follow);
    await Promise.all(
      followed.map(async ({ file, live }) => {
        const start = live === null ? null : { ...live, compressed: false, offset: startPosition(file, live, query.beginning) };
        const followSink: FollowSink = {
          async take({ texts }) {
            const entries = texts.map((text) => parseLogLine(file, text)).filter(accepts);
            if (entries.length > 0) await sink(entries);
          },
          caughtUp: () => false,
        };
        await reading(file, () => followFile(file, start, followSink, follow, watches));
      }),
    );
  } finally {
    await Promise.all(opened.map(({ live }) => live?.handle.close()));
  }
}

/** The files in which these sources log the wanted streams, each once. */
export function logFilesOf(sources: readonly LogSource[], streams: readonly LogStream[]): readonly LogFile[] {
  const files = new Map<string, LogFile>();
  for (const source of sources) {
    const common = { process: source.name, instance: source.instance, format: source.format };
    if (source.out === source.err) files.set(source.out, { ...common, path: source.out, stream: null });
    else for (const stream of streams) files.set(source[stream], { ...common, path: source[stream], stream });
  }
  return [...files.values()];
}

interface Opened {
  readonly file: LogFile;
  readonly live: LiveFile | null;
}

async function emitStored(opened: readonly Opened[], beginning: LogBeginning, accepts: (entry: LogEntry) => boolean, sink: LogSink): Promise<void> {
  if (beginning.kind === 'positions') return;
  const filter: EntryFilter = { since: beginning.since, accepts };
  if (beginning.kind === 'last') {
    const found = await Promise.all(opened.map(({ file, live }) => reading(file, () => lastEntries(file, live, beginning.lines, filter))));
    const entries = orderByTime(found);
    for (let start = 0; start < entries.length; start += batchSize) await sink(entries.slice(start, start + batchSize));
    return;
  }
  let batch: LogEntry[] = [];
  for await (const entry of mergeByTime(opened.map(({ file, live }) => entriesSince(file, live, filter)))) {
    if (batch.push(entry) < batchSize) continue;
    await sink(batch);
    batch = [];
  }
  if (batch.length > 0) await sink(batch);
}

function startPosition(file: LogFile, live: LiveFile, beginning: LogBeginning): number {
  return beginning.kind === 'positions' ? beginning.positions.of(file.path, live.stats.ino, live.end) : live.end;
}

/** What a search looks at: all that a person sees of the line, the application's own JSON included. */
function searchedText({ message, fields }: LogEntry): string {
  return fields === null ? message : `${message} ${JSON.stringify(fields)}`.trimStart();
}
