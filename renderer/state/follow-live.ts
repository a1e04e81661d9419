// A subscription that is kept alive, and takes up again in the moment the page is connected again instead of when a pause is over.
import { follow, type FollowOptions } from '../../shared/client/follow.ts';
import type { TopicInput, TopicName } from '../../shared/contract/topics.ts';
import type { Clock } from '../../shared/model/clock.ts';
import type { Host } from '../host/host.ts';

type Source = Pick<Host, 'client' | 'connection'>;

/** As `follow`: resolves after the abort, throws what no new try can mend. */
export function followLive<Name extends TopicName>(source: Source, topic: Name, input: TopicInput<Name>, options: Omit<FollowOptions<Name>, 'clock'>): Promise<void> {
  return follow(source.client, topic, input, { ...options, clock: wokenClock(source) });
}

function wokenClock({ connection }: Source): Clock {
  return {
    now: Date.now,
    elapsed: () => performance.now(),
    after(delayMs, callback) {
      const finish = (): void => {
        clearTimeout(timer);
        unsubscribe();
        callback();
      };
      const timer = setTimeout(finish, delayMs);
      const unsubscribe = connection.subscribe(({ state }) => {
        if (state === 'live') finish();
      });
      return {
        cancel: () => {
          clearTimeout(timer);
          unsubscribe();
        },
      };
    },
  };
}
