// The whole in one line: how many, and what they take.
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { formatBytes, formatCpu, plural } from '../../format/numbers.ts';
import { useServices } from '../../state/app-context.tsx';
import type { EngineState } from '../../state/engine-store.ts';
import type { ProcessGroup } from '../../state/process-groups.ts';
import classes from './processes-page.module.css';

export function Summary({ groups }: { readonly groups: readonly ProcessGroup[] }) {
  const { engine } = useServices();
  const [cpu, memory] = useStore(engine, useShallow(totals));
  const instances = groups.reduce((sum, group) => sum + group.instances.length, 0);
  return (
    <span className={classes['summary']}>
      {plural(groups.length, 'process')}
      {instances > groups.length && `, ${plural(instances, 'instance')}`}
      {memory > 0 && ` · ${formatCpu(cpu)} of a core · ${formatBytes(memory)}`}
    </span>
  );
}

function totals({ processes, usage }: EngineState): readonly [number, number] {
  let cpu = 0;
  let memory = 0;
  for (const { id, pid } of processes.values()) {
    if (pid === null) continue;
    const history = usage.get(id);
    cpu += history?.cpuPercent.at(-1) ?? 0;
    memory += history?.memoryBytes.at(-1) ?? 0;
  }
  return [cpu, memory];
}
