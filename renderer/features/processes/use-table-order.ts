// The order of the table. By CPU or memory it is looked at anew every few seconds only, and never while the pointer is over the
// lines: nobody should hit another process than the one that was there a moment ago.
import { useEffect, useMemo, useState, type RefObject } from 'react';
import { useServices } from '../../state/app-context.tsx';
import type { EngineState } from '../../state/engine-store.ts';
import type { ProcessGroup } from '../../state/process-groups.ts';
import { selectGroups } from '../../state/use-process-groups.ts';
import { sortGroups, type SortUsage, type TableSort } from './table-sort.ts';

const lookMs = 4000;

export function useTableOrder(groups: readonly ProcessGroup[], sort: TableSort, body: RefObject<HTMLElement | null>): readonly ProcessGroup[] {
  const { engine } = useServices();
  const measured = sort.key === 'cpu' || sort.key === 'memory';
  const [usage, setUsage] = useState<SortUsage>(() => new Map());

  useEffect(() => {
    if (!measured) return;
    const look = (): void => setUsage(usageByName(engine.getState()));
    look();
    const timer = setInterval(() => {
      if (body.current?.matches(':hover') !== true) look();
    }, lookMs);
    return () => clearInterval(timer);
  }, [engine, measured, body]);

  return useMemo(() => sortGroups(groups, sort, usage), [groups, sort, usage]);
}

function usageByName(state: EngineState): SortUsage {
  const usage = new Map<string, { readonly cpuPercent: number; readonly memoryBytes: number }>();
  for (const [name, { instances }] of selectGroups(state)) {
    const running = instances.flatMap(({ id, pid }) => (pid === null ? [] : (state.usage.get(id) ?? [])));
    if (running.length === 0) continue;
    usage.set(name, {
      cpuPercent: running.reduce((sum, history) => sum + (history.cpuPercent.at(-1) ?? 0), 0),
      memoryBytes: running.reduce((sum, history) => sum + (history.memoryBytes.at(-1) ?? 0), 0),
    });
  }
  return usage;
}
