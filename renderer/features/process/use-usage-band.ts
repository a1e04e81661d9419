// The band of a process with very many instances: what the engine remembers, asked for some instances at a time, then what its
// events bring.
import { useEffect, useRef, useState } from 'react';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import { useServices } from '../../state/app-context.tsx';
import { useFresh } from '../../state/hooks.ts';
import type { UsageHistory } from '../../state/usage-history.ts';
import { BandRecord, type BandPoint } from './band-record.ts';
import { chartSpanMs } from './usage-record.ts';

/** Instances that are asked for at once: an answer for all would hold the page up. */
const instancesAtOnce = 16;

export interface BandView {
  readonly points: readonly BandPoint[];
  readonly seeded: boolean;
}

export function useUsageBand(name: string, instances: readonly ProcessSnapshot[]): BandView {
  const { engine, host, clock } = useServices();
  const fresh = useFresh();
  const [view, setView] = useState<BandView>({ points: [], seeded: false });
  const wanted = useRef(instances);
  wanted.current = instances;

  useEffect(() => {
    if (!fresh) return undefined;
    const stop = new AbortController();
    const record = new BandRecord();
    // What was measured until now is asked for, what is measured from now on comes by itself: nothing is counted twice.
    const border = clock.getState() + engine.getState().clockOffsetMs;
    let last = border;

    const seed = async (): Promise<void> => {
      const since = border - chartSpanMs;
      const all = wanted.current.map(({ instance }) => `${name}:${instance}`);
      try {
        for (let from = 0; from < all.length; from += instancesAtOnce) {
          const series = await host.client.call('metricsHistory', { selectors: all.slice(from, from + instancesAtOnce), since }, { signal: stop.signal });
          record.add(series.map((one) => until(one, border)));
        }
      } catch {
        // The band begins where it could be read.
      }
      if (!stop.signal.aborted) setView({ points: record.points, seeded: true });
    };
    void seed();

    const take = (usage: ReadonlyMap<number, UsageHistory>): void => {
      const latest = latestOf(wanted.current, usage);
      if (latest.at <= last) return;
      last = latest.at;
      record.add(latest.samples);
      setView(({ seeded }) => ({ points: record.points, seeded }));
    };
    take(engine.getState().usage);
    const unsubscribe = engine.subscribe((state, previous) => {
      if (state.usage !== previous.usage) take(state.usage);
    });
    return () => {
      stop.abort();
      unsubscribe();
    };
  }, [clock, engine, fresh, host, name]);

  return view;
}

interface Latest {
  /** 0 without any measurement. */
  readonly at: number;
  readonly samples: readonly UsageHistory[];
}

/** The newest moment at which any of them was measured, and what was measured then. */
function latestOf(instances: readonly ProcessSnapshot[], usage: ReadonlyMap<number, UsageHistory>): Latest {
  const newest = instances.flatMap(({ id }) => {
    const history = usage.get(id);
    return history === undefined || history.at.length === 0 ? [] : [{ at: history.at.slice(-1), cpuPercent: history.cpuPercent.slice(-1), memoryBytes: history.memoryBytes.slice(-1) }];
  });
  const at = newest.reduce((most, one) => Math.max(most, one.at[0] ?? 0), 0);
  return { at, samples: newest.filter((one) => one.at[0] === at) };
}

function until({ at, cpuPercent, memoryBytes }: UsageHistory, border: number): UsageHistory {
  const end = at.findIndex((moment) => moment > border);
  return end === -1 ? { at, cpuPercent, memoryBytes } : { at: at.slice(0, end), cpuPercent: cpuPercent.slice(0, end), memoryBytes: memoryBytes.slice(0, end) };
}
