// The balancer's figures of a process for as long as its page is open.
import { useEffect, useState } from 'react';
import type { ClusterReport } from '../../../shared/contract/reports.ts';
import { useServices } from '../../state/app-context.tsx';
import { followLive } from '../../state/follow-live.ts';

/** null: not known yet, or nobody balances it. */
export function useCluster(name: string, balanced: boolean): ClusterReport | null {
  const { host } = useServices();
  const [report, setReport] = useState<ClusterReport | null>(null);

  useEffect(() => {
    if (!balanced) {
      setReport(null);
      return undefined;
    }
    const stop = new AbortController();
    void followLive(host, 'clusters', { selectors: [name] }, {
      signal: stop.signal,
      next: (message) => {
        const reports = 'snapshot' in message ? message.snapshot : message.change;
        setReport(reports.find((one) => one.name === name) ?? null);
      },
      // The last figures stay; that they are old is shown by the whole page.
      lost: () => undefined,
    }).catch(() => setReport(null));
    return () => stop.abort();
  }, [balanced, host, name]);

  return report;
}
