// The instances of a process, one line each: state, what the balancer sees of it, what it uses. Of very many only those in view are
// in the document.
import { useRef, useState } from 'react';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import type { ClusterReport } from '../../../shared/contract/reports.ts';
import { InstanceRowView } from './instance-row.tsx';
import { instanceRows, showsWeights } from './instance-rows.ts';
import type { Descriptions } from './use-descriptions.ts';
import { useOverflows } from './use-overflows.ts';
import classes from './process-instances.module.css';

interface ProcessInstancesProps {
  readonly name: string;
  readonly instances: readonly ProcessSnapshot[];
  readonly descriptions: Descriptions;
  readonly cluster: ClusterReport | null;
}

/** Pixels; process-instances.module.css has the same. */
const rowHeight = 32;
/** More than these are scrolled. */
const rowsInView = 10;

export function ProcessInstances({ name, instances, descriptions, cluster }: ProcessInstancesProps) {
  const [top, setTop] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const overflows = useOverflows(scroller);
  const rows = instanceRows(instances, descriptions, cluster);
  const balanced = instances.some(({ balancerMode }) => balancerMode !== null);
  const weights = cluster !== null && showsWeights(cluster);
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - 4, rows.length - rowsInView));
  const end = Math.min(rows.length, first + rowsInView + 8);
  return (
    <section className={classes.card} aria-label="Instances">
      <div ref={scroller} className={classes.scroller} data-overflows={overflows || undefined} tabIndex={0} role="group" aria-label="Table of instances" onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <table className={classes.table} aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              <th scope="col">Instance</th>
              <th scope="col" className={classes.stateColumn}>State</th>
              {balanced && (
                <>
                  <th scope="col" data-place="traffic" title="Whether the balancer gives it any, and how often it was left out for a while because it failed">Traffic</th>
                  <Figure place="open" title="Open" hint="Open connections, in http mode requests under way" />
                  <Figure title="Requests" hint="Requests since its start; connections where the balancer cannot see requests" />
                  <th scope="col" data-place="share" title="Its part of all requests of the instances that run">Share</th>
                  <Figure place="times" title="p50 / p99" hint="Half, and 99 of 100, of the last requests were answered within this time" />
                  {weights && <Figure title="Weight" hint="How much of the traffic it is meant to get, compared with the others" />}
                </>
              )}
              <Figure title="CPU" hint="Percent of one processor core" />
              <Figure title="Memory" hint="Resident memory" />
              <Figure title="Uptime" hint="Since its child was started" />
              <Figure place="restarts" title="Restarts" hint="Restarts that nobody asked for" />
              <th scope="col" data-place="exit" title="How its last child ended">Last exit</th>
              <Figure place="pid" title="PID" hint="Process number in the operating system" />
              <Figure place="port" title="Port" hint="Its own port on 127.0.0.1" />
              <th scope="col"><span className={classes.hidden}>Actions</span></th>
            </tr>
          </thead>
          <tbody>
            <Spacer rows={first} />
            {rows.slice(first, end).map((row, index) => (
              <InstanceRowView key={row.key} name={name} row={row} place={first + index + 2} balanced={balanced} weights={weights} />
            ))}
            <Spacer rows={rows.length - end} />
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Figure({ title, hint, place }: { readonly title: string; readonly hint: string; readonly place?: string }) {
  return (
    <th scope="col" className={classes.figure} data-place={place} title={hint}>
      {title}
    </th>
  );
}

function Spacer({ rows }: { readonly rows: number }) {
  return rows <= 0 ? null : <tr aria-hidden style={{ height: rows * rowHeight }} />;
}
