// CPU and memory of the last ten minutes: a line for each instance, or a band where they are too many to be told apart.
import { useMemo } from 'react';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import { maxLines } from '../../components/charts/line-look.ts';
import { cpuMeasure, memoryMeasure } from '../../components/charts/measure.ts';
import type { UsageLine } from '../../components/charts/usage-lines.ts';
import { useEngineNow } from '../../state/hooks.ts';
import { bandLines } from './band-lines.ts';
import { ChartCard } from './chart-card.tsx';
import { useUsageBand } from './use-usage-band.ts';
import { useUsageLines, type UsageRecords } from './use-usage-lines.ts';
import classes from './process-page.module.css';

interface ProcessChartsProps {
  readonly name: string;
  readonly instances: readonly ProcessSnapshot[];
}

export function ProcessCharts({ name, instances }: ProcessChartsProps) {
  return <div className={classes.charts}>{instances.length > maxLines ? <BandCharts name={name} instances={instances} /> : <LineCharts name={name} instances={instances} />}</div>;
}

function LineCharts({ name, instances }: ProcessChartsProps) {
  const { records, seeded } = useUsageLines(name, instances);
  const cpu = useMemo(() => linesOf(name, instances, records, 'cpuPercent'), [instances, name, records]);
  const memory = useMemo(() => linesOf(name, instances, records, 'memoryBytes'), [instances, name, records]);
  const running = instances.filter(({ pid }) => pid !== null);
  const total = (of: 'cpuPercent' | 'memoryBytes'): number | null => {
    const latest = running.flatMap(({ id }) => records.get(id)?.[of].at(-1) ?? []);
    return latest.length === 0 ? null : latest.reduce((sum, value) => sum + value, 0);
  };
  const common = { now: useRightEdge(cpu), seeded, running: running.length, instances: instances.length, band: false };
  return (
    <>
      <ChartCard measure={cpuMeasure} lines={cpu} total={total('cpuPercent')} {...common} />
      <ChartCard measure={memoryMeasure} lines={memory} total={total('memoryBytes')} {...common} />
    </>
  );
}

function BandCharts({ name, instances }: ProcessChartsProps) {
  const { points, seeded } = useUsageBand(name, instances);
  const cpu = useMemo(() => bandLines(points, 'cpuPercent'), [points]);
  const memory = useMemo(() => bandLines(points, 'memoryBytes'), [points]);
  const running = instances.filter(({ pid }) => pid !== null).length;
  const newest = running === 0 ? undefined : points.at(-1);
  const common = { now: useRightEdge(cpu), seeded, running, instances: instances.length, band: true };
  return (
    <>
      <ChartCard measure={cpuMeasure} lines={cpu} total={newest?.cpuPercent.sum ?? null} {...common} />
      <ChartCard measure={memoryMeasure} lines={memory} total={newest?.memoryBytes.sum ?? null} {...common} />
    </>
  );
}

/** Ms: whoever is measured is so once a second. */
const newMs = 3000;

/** The chart's right edge: the newest measurement while they come, else the engine's time, which stands still when nothing is heard of it. */
function useRightEdge(lines: readonly UsageLine[]): number {
  const now = useEngineNow();
  const newest = lines.reduce((most, { at }) => Math.max(most, at.at(-1) ?? 0), 0);
  return now - newest < newMs ? newest : now;
}

function linesOf(name: string, instances: readonly ProcessSnapshot[], records: UsageRecords, of: 'cpuPercent' | 'memoryBytes'): readonly UsageLine[] {
  return instances.map(({ id, instance }) => {
    const record = records.get(id);
    return { label: instances.length === 1 ? name : `${name}:${instance}`, colour: instance, at: record?.at ?? [], values: record?.[of] ?? [], starts: record?.starts ?? [] };
  });
}
