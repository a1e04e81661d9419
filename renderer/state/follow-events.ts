// The engine's events for the store, for as long as the page lives.
import { toFailureValue } from '../../shared/model/failure.ts';
import type { Host } from '../host/host.ts';
import type { EventFeed } from './engine-store.ts';
import { followLive } from './follow-live.ts';

export function followEvents(host: Pick<Host, 'client' | 'connection'>, feed: EventFeed): void {
  const { signal } = new AbortController();
  const begin = (): void => {
    void followLive(host, 'events', {}, {
      signal,
      next: (message) => ('snapshot' in message ? feed.snapshot(message.snapshot) : feed.change(message.change)),
      lost: feed.lost,
    }).catch((error: unknown) => {
      // An engine that does not give its events: the next one may, after an upgrade.
      feed.lost(toFailureValue(error));
      onceLive(begin);
    });
  };
  const onceLive = (then: () => void): void => {
    const unsubscribe = host.connection.subscribe(({ state }) => {
      if (state !== 'live') return;
      unsubscribe();
      then();
    });
  };
  if (host.connection.getState().state === 'live') begin();
  else onceLive(begin);
}
