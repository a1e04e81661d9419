// One measure of the last minutes, drawn by uPlot, with the values under a cursor that all charts of a page share.
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { secondOfDay } from '../time-of-day.ts';
import { useBox } from '../use-box.ts';
import { chartOptions } from './chart-options.ts';
import { ChartTip } from './chart-tip.tsx';
import type { LineLook } from './line-look.ts';
import type { Measure } from './measure.ts';
import { chartLines, type ChartLines, type UsageLine } from './usage-lines.ts';
import { usageSummary } from './usage-summary.ts';
import classes from './usage-chart.module.css';

export interface UsageChartProps {
  readonly measure: Measure;
  readonly lines: readonly UsageLine[];
  /** The lines are the highest, the mean and the lowest of many. */
  readonly band: boolean;
  /** Ms: the right edge, and how far back the left one is. */
  readonly now: number;
  readonly spanMs: number;
}

export default function UsageChart({ measure, lines, band, now, spanMs }: UsageChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const box = useBox(element);
  const scheme = useComputedColorScheme('light');

  const data = useMemo(() => chartLines(lines, now - spanMs), [lines, now, spanMs]);
  const looks: readonly LineLook[] = lines;
  const look = lines.map(({ label, colour }) => `${label} ${colour}`).join('\n');

  const span = useRef<readonly [number, number]>([0, 1]);
  span.current = [(now - spanMs) / 1000, now / 1000];
  const latest = useRef(data);
  latest.current = data;

  const drawable = box.width > 0;
  useEffect(() => {
    const target = element.current;
    if (target === null || !drawable) return undefined;
    const drawn = new uPlot(
      chartOptions({
        measure, looks, band, scheme, width: target.clientWidth, height: target.clientHeight,
        span: () => span.current,
        onCursor: (self) => setCursor(cursorOf(self)),
      }),
      aligned(latest.current),
      target,
    );
    chart.current = drawn;
    return () => {
      chart.current = null;
      drawn.destroy();
    };
    // `look` stands for `looks`: a chart is made anew when its lines are others, not when they have grown.
  }, [band, drawable, look, measure, scheme]);

  useEffect(() => chart.current?.setData(aligned(data)), [data]);
  useEffect(() => {
    if (box.width > 0) chart.current?.setSize(box);
  }, [box]);

  const step = (event: KeyboardEvent): void => {
    const drawn = chart.current;
    if (drawn === null || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    const { moments } = latest.current;
    const index = (drawn.cursor.idx ?? moments.length) + (event.key === 'ArrowLeft' ? -1 : 1);
    const moment = moments[Math.max(0, Math.min(moments.length - 1, index))];
    if (moment !== undefined) drawn.setCursor({ left: drawn.valToPos(moment, 'x'), top: 10 });
  };

  const summary = usageSummary(lines, { title: `${measure.title} of the last ${Math.round(spanMs / 60_000)} minutes`, format: measure.format, clock: secondOfDay });
  return (
    <div
      className={classes.chart}
      role="img"
      aria-label={summary}
      tabIndex={0}
      onKeyDown={step}
      onBlur={() => chart.current?.setCursor({ left: -10, top: -10 })}
    >
      <div ref={element} className={classes.plot} />
      {cursor !== null && (
        <ChartTip
          {...cursor}
          rows={looks.map((one, index) => ({ look: one, value: cursor.values[index] ?? null }))}
          format={measure.format}
          swatches={!band && looks.length > 1}
        />
      )}
    </div>
  );
}

interface Cursor {
  readonly moment: number;
  readonly values: readonly (number | null)[];
  readonly left: number;
  readonly flipped: boolean;
}

/** null: the cursor is not over a measurement. */
function cursorOf(chart: uPlot): Cursor | null {
  const { left = -1, idx } = chart.cursor;
  const moment = typeof idx === 'number' ? chart.data[0]?.[idx] : undefined;
  if (left < 0 || typeof idx !== 'number' || typeof moment !== 'number') return null;
  const values = chart.series.slice(1).map((_series, index) => chart.data[index + 1]?.[chart.cursor.idxs?.[index + 1] ?? idx] ?? null);
  return { moment: moment * 1000, values, left: chart.over.offsetLeft + left, flipped: left > chart.over.clientWidth / 2 };
}

/** uPlot does not write into what it is given, but its types do not say so. */
function aligned({ moments, columns }: ChartLines): uPlot.AlignedData {
  return [[...moments], ...columns.map((column) => [...column])];
}
