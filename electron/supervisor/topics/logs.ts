// The topic `logs`: the last lines of the selected instances, then what they write, and what instances write that come later.
// A position that cannot be gone on from, for whatever reason, is as good as none: the stream begins with a snapshot.
import type { LogBatch, LogBeginning } from '../../../shared/contract/logs.ts';
import { logStreams } from '../../../shared/contract/logs.ts';
import type { StreamContext, TopicHandlers, TopicInput, TopicMessage } from '../../../shared/contract/topics.ts';
import { Failure } from '../../../shared/model/failure.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { parseCursor } from '../logs/cursor.ts';
import { createFolderWatches, type FolderWatches } from '../logs/folder-watches.ts';
import { FollowedLogs } from '../logs/followed-logs.ts';
import type { LogFile, LogStream } from '../logs/log-entry.ts';
import { digest } from '../logs/log-place.ts';
import { logFilesOf } from '../logs/read-logs.ts';
import { logTarget } from '../registry/instance-files.ts';
import { select } from '../registry/selectors.ts';

type Message = TopicMessage<'logs'>;

/** Throws `nothing-matched` as `select` does, `failed` when a file cannot be read. No selectors: everything. */
export function logsTopic(engine: Engine): TopicHandlers['logs'] {
  const watches = createFolderWatches();
  return (input, context) => ({
    [Symbol.asyncIterator]() {
      const gone = new AbortController();
      const messages = logMessages(engine, watches, input, context, gone.signal);
      return {
        next: () => messages.next(),
        // A generator that waits for lines would only see it with the next one.
        async return() {
          gone.abort();
          return await messages.return(undefined);
        },
      };
    },
  });
}

async function* logMessages(engine: Engine, watches: FolderWatches, input: TopicInput<'logs'>, { after, signal }: StreamContext, gone: AbortSignal): AsyncGenerator<Message, undefined> {
  const { lines, follow = true, streams = logStreams } = input;
  const selectors = input.selectors.length === 0 ? ['all'] : input.selectors;
  const chosen = select(engine.list.instances(), selectors);
  const query = digest(JSON.stringify([selectors, logStreams.filter((one) => streams.includes(one))]), 6);
  const isWanted = (file: LogFile): boolean => engine.list.get(file.process)?.instances.some(({ instance }) => instance === file.instance) === true;
  const logs = new FollowedLogs({ clock: engine.options.clock, streams, follow, query, isWanted, watches });
  const stop = (): void => logs.stop();
  for (const one of [signal, gone]) one.addEventListener('abort', stop, { once: true });
  const stopListening = follow ? engine.onChange((instance) => joinNew(engine, logs, instance, selectors, streams)) : () => undefined;
  try {
    if (signal.aborted || gone.aborted) return undefined;
    const files = filesOf(engine, chosen, streams);
    const cursor = after === null ? null : parseCursor(after, query);
    let position = after ?? '';
    if (cursor === null || !(await logs.resume(files, cursor))) {
      await logs.beginAnew(files, lines);
      position = logs.position();
      const snapshot: LogBeginning = { instances: chosen.map(({ spec, instance }) => ({ name: spec.name, instance })) };
      yield { position, snapshot };
    }
    for (let entries = await logs.take(); entries !== null; entries = await logs.take()) {
      const previous = position;
      position = logs.position();
      const change: LogBatch = { entries };
      yield { position, previous, change };
    }
    return undefined;
  } finally {
    stopListening();
    for (const one of [signal, gone]) one.removeEventListener('abort', stop);
    await logs.close();
  }
}

/** Called in the turn in which it is started, before it can have written anything. */
function joinNew(engine: Engine, logs: FollowedLogs, instance: Instance, selectors: readonly string[], streams: readonly LogStream[]): void {
  const files = filesOf(engine, [instance], streams).filter((file) => !logs.knows(file));
  if (files.length > 0 && engine.isSeated(instance) && isSelected(engine, instance, selectors)) for (const file of files) logs.join(file);
}

function isSelected(engine: Engine, instance: Instance, selectors: readonly string[]): boolean {
  return selectors.some((selector) => {
    try {
      return select(engine.list.instances(), [selector]).includes(instance);
    } catch (error) {
      // What it meant at the beginning may be gone by now.
      if (error instanceof Failure && error.code === 'nothing-matched') return false;
      throw error;
    }
  });
}

function filesOf(engine: Engine, instances: readonly Instance[], streams: readonly LogStream[]): readonly LogFile[] {
  return logFilesOf(instances.map((one) => ({ ...logTarget(engine.options.paths, one.current, one.instance), name: one.spec.name })), streams);
}
