// The live log of a process.
import { useMemo } from 'react';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import { LogView } from '../../components/log-view/log-view.tsx';
import { useProcessLog } from './use-process-log.ts';
import classes from './process-page.module.css';

interface ProcessLogProps {
  readonly name: string;
  readonly instances: readonly ProcessSnapshot[];
}

export function ProcessLog({ name, instances }: ProcessLogProps) {
  const { store, flow } = useProcessLog(name);
  const numbers = instances.map(({ instance }) => instance).join(' ');
  const known = useMemo(() => numbers.split(' ').map(Number), [numbers]);
  return (
    <div className={classes.log}>
      <LogView store={store} name={name} instances={known} flow={flow} />
    </div>
  );
}
