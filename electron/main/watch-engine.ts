// From the engine's events to the tray and to notifications of crashes, for as long as the application lives.
import type { Client } from '../../shared/client/client.ts';
import { follow } from '../../shared/client/follow.ts';
import type { TopicMessage } from '../../shared/contract/topics.ts';
import type { Clock } from '../../shared/model/clock.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import { afterEvent, fromSnapshot, unknownEngine, type EngineView } from '../tray/engine-view.ts';
import { createCrashNotices, type CrashNotice } from './crash-notices.ts';

export interface EngineFaces {
  readonly show: (view: EngineView) => void;
  readonly tell: (notice: CrashNotice) => void;
  /** Why there is no engine, where that is known for good; empty while one may come at any moment. */
  readonly reason: () => string;
  readonly log: (message: string) => void;
}

const retryMs = 10_000;

export function watchEngine(client: Client, clock: Clock, { show, tell, reason, log }: EngineFaces): void {
  const { signal } = new AbortController();
  const crashes = createCrashNotices();
  let view = unknownEngine;

  function see(next: EngineView): void {
    if (next === view) return;
    view = next;
    show(view);
  }

  function next(message: TopicMessage<'events'>): void {
    if ('snapshot' in message) {
      crashes.snapshot(message.snapshot);
      return see(fromSnapshot(message.snapshot));
    }
    const notice = crashes.event(message.change);
    if (notice !== null) tell(notice);
    see(afterEvent(view, message.change));
  }

  const lost = (): void => see({ ...view, reachable: false, reason: reason() });

  const begin = (): void => {
    follow(client, 'events', { usage: false }, { clock, signal, next, lost }).catch((error: unknown) => {
      // An engine of another version, or a defect of this one: the next engine may do better.
      log(`the engine gives no events: ${errorMessage(error)}`);
      lost();
      clock.after(retryMs, begin);
    });
  };
  begin();
}
