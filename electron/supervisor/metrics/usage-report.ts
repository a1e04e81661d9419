// Every sample goes into the history, and to whoever listens.
import type { Engine } from '../engine.ts';
import type { MetricsHistory } from './history.ts';
import type { Sampler } from './sampler.ts';

export function reportUsage(engine: Engine, history: MetricsHistory, usage: Sampler['usage']): void {
  const at = engine.options.clock.now();
  const instances = engine.list.instances();
  const samples = instances.flatMap((one) => {
    const sample = usage(one.pid);
    return sample === undefined ? [] : [{ id: one.id, ...sample }];
  });
  for (const { id, cpuPercent, memoryBytes } of samples) history.add(id, at, cpuPercent, memoryBytes);
  history.keep(new Set(instances.map((one) => one.id)));
  if (samples.length > 0 && engine.events.listeners > 0) engine.events.tell({ type: 'usage', samples });
}
