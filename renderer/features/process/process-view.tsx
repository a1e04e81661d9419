// The page of a process that there is. Each part draws itself again only when what it shows has changed.
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import { ProcessCharts } from './process-charts.tsx';
import { ProcessFacts } from './process-facts.tsx';
import { ProcessHeader } from './process-header.tsx';
import { ProcessInstances } from './process-instances.tsx';
import { ProcessLog } from './process-log.tsx';
import { useCluster } from './use-cluster.ts';
import { useDescriptions } from './use-descriptions.ts';
import classes from './process-page.module.css';

export interface ProcessViewProps {
  readonly name: string;
  /** In their order. */
  readonly instances: readonly [ProcessSnapshot, ...ProcessSnapshot[]];
}

export function ProcessView({ name, instances }: ProcessViewProps) {
  const descriptions = useDescriptions(name, instances);
  const cluster = useCluster(name, instances[0].balancerMode !== null);
  return (
    <div className={classes.page}>
      <ProcessHeader name={name} instances={instances} cluster={cluster} />
      <ProcessInstances name={name} instances={instances} descriptions={descriptions} cluster={cluster} />
      <ProcessCharts name={name} instances={instances} />
      <ProcessFacts description={descriptions.get(instances[0].id)} />
      <ProcessLog name={name} instances={instances} />
    </div>
  );
}
