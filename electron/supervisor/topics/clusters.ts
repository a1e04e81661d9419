// The balancer's figures for as long as somebody looks: once a second, and at once when an instance has changed.
import type { CommandHandlers } from '../../../shared/contract/commands.ts';
import type { ClusterReport } from '../../../shared/contract/reports.ts';
import type { TopicHandlers } from '../../../shared/contract/topics.ts';
import type { Engine } from '../engine.ts';

const intervalMs = 1000;
/** A reload or scale comes as many changes. */
const settleMs = 50;

export function clustersTopic(engine: Engine, read: CommandHandlers['clusters']): TopicHandlers['clusters'] {
  return async function* clusters({ selectors }, { signal }) {
    const look = (): Promise<readonly ClusterReport[]> => read(selectors === undefined ? {} : { selectors }, { progress: () => undefined, signal });
    let snapshot = await look();
    let seen = JSON.stringify(snapshot);
    let number = 0;
    const position = (): string => `clusters-${number}`;
    yield { position: position(), snapshot };
    while (!signal.aborted) {
      await nextLook(engine, signal);
      if (signal.aborted) return;
      snapshot = await look();
      const text = JSON.stringify(snapshot);
      if (text === seen) continue;
      seen = text;
      const previous = position();
      number += 1;
      yield { position: position(), previous, change: snapshot };
    }
  };
}

/** Resolves when it is time to look again, or at the abort. */
function nextLook(engine: Engine, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const { clock } = engine.options;
    const finish = (): void => {
      timer.cancel();
      soon?.cancel();
      stopListening();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.after(intervalMs, finish);
    let soon: ReturnType<typeof clock.after> | null = null;
    const stopListening = engine.onChange(() => (soon ??= clock.after(settleMs, finish)));
    signal.addEventListener('abort', finish, { once: true });
  });
}
