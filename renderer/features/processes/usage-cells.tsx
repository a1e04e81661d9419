// CPU and memory of one or several instances: the newest number, and the last two minutes beside it.
import { memo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { Sparkline } from '../../components/sparkline.tsx';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import { formatBytes, formatCpu, nothing } from '../../format/numbers.ts';
import { useServices } from '../../state/app-context.tsx';
import { sumUsage } from '../../state/sum-usage.ts';
import { historyMs, noUsage } from '../../state/usage-history.ts';
import classes from './cells.module.css';
import tableClasses from './processes-table.module.css';

/** A process that uses less percent than this draws a flat line. */
const quiet = { atLeast: 5 } as const;

export const UsageCells = memo(function UsageCells({ instances }: { readonly instances: readonly ProcessSnapshot[] }) {
  const histories = useStore(
    useServices().engine,
    useShallow((state) => instances.map(({ id }) => state.usage.get(id) ?? noUsage)),
  );
  const { at, cpuPercent, memoryBytes } = sumUsage(histories);
  const runs = instances.some(({ pid }) => pid !== null);
  const cpu = runs ? cpuPercent.at(-1) : undefined;
  const memory = runs ? memoryBytes.at(-1) : undefined;
  return (
    <>
      <div role="gridcell" className={`${tableClasses['cell']} ${tableClasses['figures']}`}>
        <span className={cpu === undefined ? classes['none'] : classes['measure']}>{cpu === undefined ? nothing : formatCpu(cpu)}</span>
        <span className={classes['spark']}>{runs && at.length > 1 && <Sparkline at={at} values={cpuPercent} spanMs={historyMs} scale={quiet} colour="var(--tspm-cpu)" />}</span>
      </div>
      <div role="gridcell" className={`${tableClasses['cell']} ${tableClasses['figures']}`}>
        <span className={memory === undefined ? classes['none'] : classes['measure']}>{memory === undefined ? nothing : formatBytes(memory)}</span>
        <span className={classes['spark']}>{runs && at.length > 1 && <Sparkline at={at} values={memoryBytes} spanMs={historyMs} scale="level" colour="var(--tspm-memory)" />}</span>
      </div>
    </>
  );
});
