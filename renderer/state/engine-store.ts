// The engine as the page sees it: follows its events, and hands readers a new state at most once per moment however many come.
import type { Client } from '../../shared/client/client.ts';
import type { EngineEvent, EngineSnapshot } from '../../shared/contract/events.ts';
import type { MetricsSeries } from '../../shared/contract/reports.ts';
import type { FailureValue } from '../../shared/model/failure.ts';
import { createValue, type Readable } from '../host/readable.ts';
import { emptyModel, withEvent, withHistory, withSnapshot, type EngineModel } from './engine-model.ts';
import { historyMs } from './usage-history.ts';

export interface EngineState extends EngineModel {
  /** False: what is shown is the last that was known. */
  readonly fresh: boolean;
  /** Since when nothing is heard, in ms of the page's clock, and why; null while it is fresh, and before it ever was. */
  readonly lost: { readonly since: number; readonly reason: string } | null;
}

/** Where the engine's events go, and the news that they do not come any more. */
export interface EventFeed {
  readonly snapshot: (snapshot: EngineSnapshot) => void;
  readonly change: (event: EngineEvent) => void;
  readonly lost: (failure: FailureValue) => void;
}

export interface EngineStoreParts {
  readonly client: Client;
  readonly follow: (feed: EventFeed) => void;
  readonly now: () => number;
  /** Calls back once, soon; also in a tab that is not looked at. */
  readonly soon: (callback: () => void) => void;
}

export function createEngineStore({ client, follow, now, soon }: EngineStoreParts): Readable<EngineState> {
  const value = createValue<EngineState>({ ...emptyModel, fresh: false, lost: null });
  let next = value.getState();
  let announced = false;

  const publish = (state: EngineState): void => {
    next = state;
    if (announced) return;
    announced = true;
    soon(() => {
      announced = false;
      value.set(next);
    });
  };

  const seed = async (): Promise<void> => {
    let series: readonly MetricsSeries[];
    try {
      series = await client.call('metricsHistory', { since: now() + next.clockOffsetMs - historyMs });
    } catch {
      // Sparklines begin empty and fill up; whoever cannot be reached is shown by the connection.
      return;
    }
    publish({ ...next, ...withHistory(next, series) });
  };

  follow({
    snapshot: (snapshot) => {
      publish({ ...next, ...withSnapshot(next, snapshot, now()), fresh: true, lost: null });
      void seed();
    },
    change: (event) => publish({ ...next, ...withEvent(next, event), fresh: true, lost: null }),
    lost: ({ message }) => {
      if (next.lost === null) publish({ ...next, fresh: false, lost: { since: now(), reason: message } });
    },
  });
  return value;
}
