// One instance of a process as a line of its table.
import { memo } from 'react';
import { LineSwatch } from '../../components/charts/line-swatch.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import type { ClusterInstance } from '../../../shared/contract/reports.ts';
import { describeExit, type ProcessState } from '../../../shared/model/process-state.ts';
import { formatBytes, formatCount, formatCpu, nothing } from '../../format/numbers.ts';
import { useUsage } from '../../state/hooks.ts';
import { isDown } from '../../state/process-groups.ts';
import { RowActions } from '../processes/row-actions.tsx';
import { InstanceStateCell } from '../processes/state-cell.tsx';
import { UptimeCell } from '../processes/uptime-cell.tsx';
import type { InstanceRow } from './instance-rows.ts';
import { ShareBar } from './share-bar.tsx';
import { formatLatencies, trafficWords } from './figures.ts';
import classes from './process-instances.module.css';

interface InstanceRowViewProps {
  readonly name: string;
  readonly row: InstanceRow;
  /** Number of the line in the table, from 1. */
  readonly place: number;
  readonly balanced: boolean;
  readonly weights: boolean;
}

export const InstanceRowView = memo(
  function InstanceRowView({ name, row, place, balanced, weights }: InstanceRowViewProps) {
    const { snapshot, description, figures } = row;
    const lastExit = description?.lastExit ?? null;
    return (
      <tr aria-rowindex={place} data-beside={snapshot === null || undefined}>
        <th scope="row" className={classes.instance}>
          <span className={classes.instanceName}>
            <LineSwatch colour={row.instance} />
            {row.instance}
          </span>
        </th>
        <td className={classes.stateColumn}>
          <span className={classes.state}>
            {snapshot === null ? (
              <Beside traffic={figures?.traffic ?? 'none'} />
            ) : (
              <InstanceStateCell instance={snapshot} />
            )}
          </span>
        </td>
        {balanced && (
          <>
            <td className={classes.traffic} data-place="traffic" data-traffic={figures?.traffic}>
              {figures === null ? nothing : trafficWords[figures.traffic]}
              {figures !== null && figures.ejections > 0 && (
                <span className={classes.times} title={`Left out ${formatCount(figures.ejections)} times because it failed`}>
                  {' '}
                  ×{formatCount(figures.ejections)}
                </span>
              )}
            </td>
            <td className={classes.figure} data-place="open">{count(figures?.open)}</td>
            <td className={classes.figure}>{count(figures?.requests)}</td>
            <td className={classes.share} data-place="share">
              <ShareBar share={figures?.share ?? null} />
            </td>
            <td className={classes.figure} data-place="times">{formatLatencies(figures?.p50Ms ?? null, figures?.p99Ms ?? null)}</td>
            {weights && <td className={classes.figure}>{figures?.weight ?? nothing}</td>}
          </>
        )}
        <UsageFigures id={snapshot?.id ?? null} running={snapshot !== null && snapshot.pid !== null} />
        <td className={classes.figure}>
          <UptimeCell startedAt={snapshot?.startedAt ?? null} />
        </td>
        <td className={classes.figure} data-place="restarts" data-notable={(snapshot?.restarts ?? 0) > 0 || undefined}>
          {count(snapshot?.restarts)}
        </td>
        <td className={classes.exit} data-place="exit" title={lastExit === null ? undefined : describeExit(lastExit)}>
          {lastExit === null ? nothing : (lastExit.signal ?? `code ${lastExit.code ?? '?'}`)}
        </td>
        <td className={classes.figure} data-place="pid">{row.pid ?? nothing}</td>
        <td className={classes.figure} data-place="port">{figures?.ownPort ?? description?.ownPort ?? (balanced ? null : snapshot?.port) ?? nothing}</td>
        <td className={classes.actions}>
          {snapshot !== null && <RowActions name={name} instance={row.instance} down={isDown([snapshot])} reachable />}
        </td>
      </tr>
    );
  },
  (before, after) =>
    before.name === after.name && before.place === after.place && before.balanced === after.balanced && before.weights === after.weights && sameRow(before.row, after.row),
);

/** During a reload: the successor before it takes over, or the one before it, at first with all its traffic and then until it is done. */
function Beside({ traffic }: { readonly traffic: ClusterInstance['traffic'] }) {
  const { state, word, meaning } = besideLooks[traffic];
  return (
    <>
      <StateMark state={state} />
      <span>{word}</span>
      <span className={classes.dim}>{meaning}</span>
    </>
  );
}

const leaving = { state: 'stopping', word: 'Leaving', meaning: 'finishes what it has, its successor has taken over' } as const;
const besideLooks = {
  starting: { state: 'starting', word: 'Successor', meaning: 'takes over when it is ready' },
  ready: { state: 'online', word: 'Replaced', meaning: 'works until its successor is ready' },
  ejected: { state: 'online', word: 'Replaced', meaning: 'left out because it failed, until its successor is ready' },
  draining: leaving,
  none: leaving,
} as const satisfies Readonly<Record<ClusterInstance['traffic'], { readonly state: ProcessState; readonly word: string; readonly meaning: string }>>;

function UsageFigures({ id, running }: { readonly id: number | null; readonly running: boolean }) {
  const { cpuPercent, memoryBytes } = useUsage(id ?? -1);
  const [cpu, memory] = running ? [cpuPercent.at(-1), memoryBytes.at(-1)] : [];
  return (
    <>
      <td className={classes.figure}>{cpu === undefined ? nothing : formatCpu(cpu)}</td>
      <td className={classes.figure}>{memory === undefined ? nothing : formatBytes(memory)}</td>
    </>
  );
}

function count(value: number | null | undefined): string {
  return value === null || value === undefined ? nothing : formatCount(value);
}

function sameRow(one: InstanceRow, other: InstanceRow): boolean {
  return one.snapshot === other.snapshot && one.description === other.description && one.pid === other.pid && JSON.stringify(one.figures) === JSON.stringify(other.figures);
}
