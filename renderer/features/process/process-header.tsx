// The head of the page: which process, how it is and why, and what one can do with it.
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import type { ClusterReport } from '../../../shared/contract/reports.ts';
import { IconChevronLeft } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { MiddleText } from '../../components/middle-text.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { stateMeanings, stateWords } from '../../components/state-looks.ts';
import { plural } from '../../format/numbers.ts';
import { processesPath } from '../../format/paths.ts';
import { useProcessGroup } from '../../state/use-process-groups.ts';
import { usePending } from '../../state/hooks.ts';
import { pendingText } from './pending-text.ts';
import { ProcessActions } from './process-actions.tsx';
import classes from './process-page.module.css';

interface ProcessHeaderProps {
  readonly name: string;
  readonly instances: readonly [ProcessSnapshot, ...ProcessSnapshot[]];
  readonly cluster: ClusterReport | null;
}

export function ProcessHeader({ name, instances, cluster }: ProcessHeaderProps) {
  const group = useProcessGroup(name);
  const pending = usePending(name);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What had the keyboard's focus went with the page before: whoever reads with the ears begins here.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  if (group === undefined) return null;
  const { state, online, reason } = group;
  const several = instances.length > 1;
  const alike = instances.every((one) => one.state === state);
  const word = several && (!alike || state === 'online') ? `${online} of ${instances.length} online` : stateWords[state];
  return (
    <header className={classes.header}>
      <Link href={processesPath} className={classes.back} aria-label="All processes" title="All processes">
        <IconChevronLeft size={18} aria-hidden />
      </Link>
      <h1 ref={heading} tabIndex={-1} className={classes.name}>
        <MiddleText text={name} />
      </h1>
      <ProcessActions name={name} instances={instances} />
      <p className={classes.state}>
        <StateMark state={state} />
        <span className={classes.stateWord} title={stateMeanings[state]}>
          {word}
        </span>
        {pending !== undefined && <span className={classes.pending}>{pendingText(pending)}</span>}
        {pending === undefined && reason !== '' && (
          <span className={classes.reason} title={reason}>
            {reason}
          </span>
        )}
        <span className={classes.place}>{placeText(instances[0], cluster)}</span>
      </p>
    </header>
  );
}

/** Where it can be reached and how it is balanced, in a line. */
function placeText({ port, namespace, group, balancerMode }: ProcessSnapshot, cluster: ClusterReport | null): string {
  const waiting = cluster === null || cluster.waiting === 0 ? null : `${plural(cluster.waiting, 'request')} waiting for an instance`;
  const place = port === null ? null : `${cluster === null ? 'port ' : `${cluster.host}:`}${port}`;
  const balancing = cluster === null ? balancerMode : cluster.mode === 'shared' ? 'shared' : `${cluster.mode}, ${cluster.strategy}`;
  const belongs = [namespace === 'default' ? null : `@${namespace}`, group === null ? null : `group ${group}`];
  return [place, balancing, ...belongs, waiting].filter((part) => part !== null).join(' · ');
}
