// One line of the table. It is drawn again only when what it shows has changed; uptime and measurements draw themselves.
import { memo } from 'react';
import { Link } from 'wouter';
import { MiddleText } from '../../components/middle-text.tsx';
import { formatCount, nothing } from '../../format/numbers.ts';
import { processPath } from '../../format/paths.ts';
import { isDown } from '../../state/process-groups.ts';
import classes from './cells.module.css';
import { FoldButton } from './fold-button.tsx';
import tableClasses from './processes-table.module.css';
import { RowActions } from './row-actions.tsx';
import { GroupStateCell, InstanceStateCell } from './state-cell.tsx';
import { placeOf } from './table-sort.ts';
import { isUnfoldable, type TableRow } from './table-rows.ts';
import { UptimeCell } from './uptime-cell.tsx';
import { UsageCells } from './usage-cells.tsx';

export interface RowHandlers {
  readonly fold: (name: string) => void;
  readonly check: (name: string, range: boolean) => void;
}

interface ProcessRowProps extends RowHandlers {
  readonly row: TableRow;
  /** Counted from 1, the titles being the first. */
  readonly position: number;
  readonly selected: boolean;
  readonly active: boolean;
  readonly unfolded: boolean;
}

const cell = tableClasses['cell'];
const figures = `${cell} ${tableClasses['figures']}`;

export const ProcessRow = memo(function ProcessRow({ row, position, selected, active, unfolded, fold, check }: ProcessRowProps) {
  const { group } = row;
  const instance = row.kind === 'instance' ? row.instance : null;
  const instances = instance === null ? group.instances : [instance];
  const { restarts, startedAt } = instance ?? group;
  const { port } = instances[0] ?? group.instances[0];
  return (
    <div
      role="row"
      id={rowId(row.key)}
      className={`${tableClasses['line']} ${tableClasses['row']}`}
      data-kind={row.kind}
      data-key={row.key}
      data-active={active ? true : undefined}
      aria-level={instance === null ? 1 : 2}
      aria-rowindex={position}
      aria-selected={instance === null ? selected : undefined}
      aria-expanded={instance === null && isUnfoldable(group) ? unfolded : undefined}
    >
      <div role="gridcell" className={`${cell} ${tableClasses['check']}`}>
        {instance === null && (
          <input type="checkbox" checked={selected} tabIndex={-1} aria-label={`Select ${group.name}`} onChange={() => undefined} onClick={(event) => check(group.name, event.shiftKey)} />
        )}
      </div>
      <div role="rowheader" className={cell}>
        {instance === null ? (
          <>
            {isUnfoldable(group) ? <FoldButton name={group.name} unfolded={unfolded} fold={fold} /> : <span className={classes['nofold']} />}
            <Link href={processPath(group.name)} className={classes['name']} tabIndex={active ? 0 : -1}>
              <MiddleText text={group.name} />
            </Link>
            {isUnfoldable(group) && (
              <span className={classes['count']} title={`${group.instances.length} instances`}>
                ×{group.instances.length}
              </span>
            )}
          </>
        ) : (
          <span className={classes['instance']}>
            instance <b>{instance.instance}</b>
          </span>
        )}
      </div>
      <div role="gridcell" className={cell}>
        {instance === null ? <GroupStateCell group={group} /> : <InstanceStateCell instance={instance} />}
      </div>
      <div role="gridcell" className={`${figures} ${tableClasses['medium']}`}>
        <UptimeCell startedAt={startedAt} />
      </div>
      <div role="gridcell" className={`${figures} ${tableClasses['medium']}`}>
        <span className={restarts === 0 ? classes['none'] : classes['some']}>{formatCount(restarts)}</span>
      </div>
      <UsageCells instances={instances} />
      <div role="gridcell" className={`${figures} ${tableClasses['wide']}`}>
        {port === null ? <span className={classes['none']}>{nothing}</span> : String(port)}
      </div>
      <div role="gridcell" className={`${cell} ${tableClasses['wide']}`}>
        <span className={classes['place']} title={placeTitle(group)}>
          {instance === null ? placeOf(group) : ''}
        </span>
      </div>
      <div role="gridcell" className={figures}>
        <RowActions name={group.name} {...(instance === null ? {} : { instance: instance.instance })} down={isDown(instances)} reachable={active} />
      </div>
    </div>
  );
});

export function rowId(key: string): string {
  return `row-${key}`;
}

function placeTitle({ group, namespace }: TableRow['group']): string {
  return group === null ? `Namespace ${namespace}` : `Group ${group}, namespace ${namespace}`;
}
