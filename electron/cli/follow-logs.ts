// Follows the logs of a selection for as long as the program runs, instances that come later included.
import type { LogSource } from '../../shared/contract/reports.ts';
import { errorMessage, Failure } from '../../shared/model/failure.ts';
import type { LogQuery, LogSink } from '../supervisor/log-reader.ts';
import type { Context } from './command.ts';
import { loadLogReader } from './log-reader.ts';
import { pause } from './pause.ts';

const lookAgainMs = 2000;

export interface FollowRequest extends LogQuery {
  readonly selectors: readonly string[];
  readonly sources: readonly LogSource[];
}

/** Runs until the program ends; throws when a file cannot be read. */
export async function followAll(context: Context, { selectors, sources, ...query }: FollowRequest, sink: LogSink): Promise<void> {
  const { readLogs, notePositions } = await loadLogReader();
  const positions = await notePositions([context.paths.logs]);
  const { signal } = new AbortController();
  const known = new Set(sources.map(({ out }) => out));

  async function followNew(): Promise<never> {
    for (;;) {
      await pause(lookAgainMs, signal);
      const added = (await currentSources(context, selectors)).filter(({ out }) => !known.has(out));
      for (const { out } of added) known.add(out);
      readLogs(added, { ...query, beginning: { kind: 'positions', positions } }, sink, signal).catch((error: unknown) => context.output.note(errorMessage(error)));
    }
  }

  await Promise.all([readLogs(sources, query, sink, signal), followNew()]);
}

/** Empty while the engine is being replaced, or when everything was deleted: what is followed stays followed. */
async function currentSources({ engine }: Context, selectors: readonly string[]): Promise<readonly LogSource[]> {
  try {
    return (await engine.callRunning('logSources', { selectors: [...selectors] })) ?? [];
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}
