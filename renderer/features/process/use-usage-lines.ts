// Ten minutes of measurements of each instance: what the engine remembers, asked for once per connection, then what its events bring.
import { useEffect, useRef, useState } from 'react';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import { useServices } from '../../state/app-context.tsx';
import { useFresh } from '../../state/hooks.ts';
import { chartSpanMs, emptyRecord, withPoints, withStart, type UsageRecord } from './usage-record.ts';

/** By id. */
export type UsageRecords = ReadonlyMap<number, UsageRecord>;

export interface LinesView {
  readonly records: UsageRecords;
  /** Whether the engine's memory has been asked. */
  readonly seeded: boolean;
}

export function useUsageLines(name: string, instances: readonly ProcessSnapshot[]): LinesView {
  const { engine, host, clock } = useServices();
  const fresh = useFresh();
  const [records, setRecords] = useState<UsageRecords>(new Map());
  const [seeded, setSeeded] = useState(false);
  const wanted = useRef(instances);
  wanted.current = instances;

  useEffect(() => {
    const take = (): void => {
      const { usage } = engine.getState();
      setRecords((before) => grown(before, wanted.current, (id) => usage.get(id)));
    };
    take();
    return engine.subscribe((state, previous) => {
      if (state.usage !== previous.usage) take();
    });
  }, [engine, instances]);

  useEffect(() => {
    if (!fresh) return undefined;
    const stop = new AbortController();
    const seed = async (): Promise<void> => {
      try {
        const since = clock.getState() + engine.getState().clockOffsetMs - chartSpanMs;
        const series = await host.client.call('metricsHistory', { selectors: [name], since }, { signal: stop.signal });
        const byId = new Map(series.map((one) => [one.id, one]));
        setRecords((before) => grown(before, wanted.current, (id) => byId.get(id)));
      } catch {
        // Charts begin empty and fill up.
      }
      if (!stop.signal.aborted) setSeeded(true);
    };
    void seed();
    return () => stop.abort();
  }, [clock, engine, fresh, host, name]);

  return { records, seeded };
}

/** With what is new of the instances that there are; the same map when there is nothing new. */
function grown(before: UsageRecords, instances: readonly ProcessSnapshot[], points: (id: number) => Parameters<typeof withPoints>[1] | undefined): UsageRecords {
  const next = new Map<number, UsageRecord>();
  let changed = before.size !== instances.length;
  for (const { id, startedAt } of instances) {
    const record = before.get(id) ?? emptyRecord;
    const more = points(id);
    const longer = withStart(more === undefined ? record : withPoints(record, more), startedAt);
    if (longer !== before.get(id)) changed = true;
    next.set(id, longer);
  }
  return changed ? next : before;
}
