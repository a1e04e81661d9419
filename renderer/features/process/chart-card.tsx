// A chart with its title and the newest value. uPlot comes in a piece of code of its own, after the page; its place is kept.
import { lazy, Suspense } from 'react';
import type { Measure } from '../../components/charts/measure.ts';
import type { UsageLine } from '../../components/charts/usage-lines.ts';
import { nothing } from '../../format/numbers.ts';
import { chartSpanMs } from './usage-record.ts';
import classes from './process-page.module.css';

const UsageChart = lazy(() => import('../../components/charts/usage-chart.tsx'));

interface ChartCardProps {
  readonly measure: Measure;
  readonly lines: readonly UsageLine[];
  readonly band: boolean;
  /** Of all instances together, now; null when nothing runs or nothing was measured. */
  readonly total: number | null;
  readonly instances: number;
  readonly running: number;
  readonly now: number;
  readonly seeded: boolean;
}

export function ChartCard({ measure, lines, band, total, instances, running, now, seeded }: ChartCardProps) {
  const measured = lines.some(({ at }) => (at.at(-1) ?? 0) > now - chartSpanMs);
  const note = [measure.note, 'last 10 minutes', band ? `of ${instances}: highest, mean, lowest` : null].filter((part) => part !== null).join(', ');
  return (
    <section className={classes.card} aria-label={measure.title}>
      <header className={classes.cardHeader}>
        <h2 className={classes.cardTitle}>{measure.title}</h2>
        <span className={classes.cardNote}>{note}</span>
        <span className={classes.cardValue}>
          {running > 1 && total !== null && <span className={classes.cardNote}>in all </span>}
          {total === null ? nothing : measure.format(total)}
        </span>
      </header>
      <div className={classes.chartPlace}>
        {measured ? (
          <Suspense fallback={null}>
            <UsageChart measure={measure} lines={lines} band={band} now={now} spanMs={chartSpanMs} />
          </Suspense>
        ) : (
          <p className={classes.chartEmpty}>{seeded ? (running > 0 ? 'The first measurement comes in a moment' : 'Not running, nothing to measure') : ''}</p>
        )}
      </div>
    </section>
  );
}
