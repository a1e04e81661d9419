// `metricsHistory`: what was measured in the last ten minutes.
import type { SupervisorHandlers } from '../../../shared/contract/commands.ts';
import type { Engine } from '../engine.ts';
import { historyMs, type MetricsHistory } from '../metrics/history.ts';
import { select } from '../registry/selectors.ts';

export function metricsHistoryCommand(engine: Engine, history: MetricsHistory): SupervisorHandlers['metricsHistory'] {
  return async ({ selectors, since }) => {
    const all = engine.list.instances();
    const chosen = selectors === undefined || selectors.length === 0 ? all : select(all, selectors);
    const begin = Math.max(since ?? 0, engine.options.clock.now() - historyMs);
    return chosen.map((one) => ({ id: one.id, name: one.spec.name, instance: one.instance, ...history.since(one.id, begin) }));
  };
}
