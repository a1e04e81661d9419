// Follows the log of a process for as long as its page is open. After a break it goes on where it was: nothing twice, nothing lost.
import { useEffect, useState } from 'react';
import { toFailureValue } from '../../../shared/model/failure.ts';
import type { LogFlow } from '../../components/log-view/log-status.tsx';
import { createLogStore, type LogStore } from '../../components/log-view/log-store.ts';
import { createPageBeat } from '../../components/log-view/page-beat.ts';
import { createPatternMatcher } from '../../components/log-view/pattern-matcher.ts';
import { useServices } from '../../state/app-context.tsx';
import { followLive } from '../../state/follow-live.ts';

/** Of each log file, before what comes. */
const storedLines = 2000;

export function useProcessLog(name: string): { readonly store: LogStore; readonly flow: LogFlow } {
  const { host } = useServices();
  const [store] = useState(() => createLogStore({ nextBeat: createPageBeat(), now: () => performance.now(), startMatcher: createPatternMatcher }));
  const [flow, setFlow] = useState<LogFlow>({ state: 'loading' });

  useEffect(() => {
    const stop = new AbortController();
    store.begin();
    void followLive(host, 'logs', { selectors: [name], lines: storedLines }, {
      signal: stop.signal,
      next: (message) => {
        setFlow((before) => (before.state === 'live' ? before : { state: 'live' }));
        if ('change' in message) return store.receive(message.change.entries);
        store.begin();
        return undefined;
      },
      lost: () => setFlow({ state: 'lost' }),
    }).catch((error: unknown) => setFlow({ state: 'failed', message: toFailureValue(error).message }));
    return () => {
      stop.abort();
      store.stop();
    };
  }, [host, name, store]);

  return { store, flow };
}
