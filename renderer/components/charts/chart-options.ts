// What uPlot is told: scales that do not jump, few lines, the page's colours, one cursor for all charts of a page.
import type uPlot from 'uplot';
import { secondOfDay } from '../time-of-day.ts';
import { scaleTop, ticks } from './axis-ticks.ts';
import { dashOf, type LineLook } from './line-look.ts';
import type { Measure } from './measure.ts';
import { lineColour } from './palette.ts';

export interface ChartParts {
  readonly measure: Measure;
  readonly looks: readonly LineLook[];
  /** The lines are the highest, mean and lowest of many. */
  readonly band: boolean;
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  /** Seconds: the span that is shown. */
  readonly span: () => readonly [from: number, to: number];
  readonly onCursor: (chart: uPlot) => void;
}

const ink = {
  light: { axis: '#57606c', grid: '#e7eaee' },
  dark: { axis: '#9ba6b4', grid: '#262c35' },
};
const font = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

export function chartOptions({ measure, looks, band, scheme, width, height, span, onCursor }: ChartParts): uPlot.Options {
  const { axis, grid } = ink[scheme];
  const lines = { stroke: grid, width: 1 };
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, 12, 0, 0],
    scales: {
      x: { time: true, range: () => [...span()] },
      y: { range: (_chart, _lowest, highest) => [0, scaleTop(highest ?? 0, measure.unit, measure.least)] },
    },
    series: [{}, ...looks.map((look, index) => lineOf(look, scheme, band && index !== 1))],
    bands: band ? [{ series: [1, 3], fill: `${lineColour(0, scheme)}22` }] : [],
    axes: [
      {
        stroke: axis, font, grid: { ...lines, show: false }, ticks: { ...lines, size: 4 }, border: { ...lines, show: true }, size: 26, gap: 4, space: 70,
        incrs: [60, 120, 300],
        values: (_chart, splits) => splits.map((second) => secondOfDay(second * 1000).slice(0, 5)),
      },
      {
        stroke: axis, font, grid: lines, ticks: { show: false }, size: 62, gap: 6,
        splits: (_chart, _axis, _min, max) => [...ticks(max, measure.unit)],
        values: (_chart, splits) => splits.map(measure.formatTick),
      },
    ],
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 6 },
      sync: { key: 'usage', setSeries: false },
    },
    hooks: { setCursor: [onCursor] },
  };
}

function lineOf({ label, colour }: LineLook, scheme: 'light' | 'dark', thin: boolean): uPlot.Series {
  const dash = dashOf(colour);
  const stroke = lineColour(colour, scheme);
  return { label, stroke: thin ? `${stroke}99` : stroke, width: thin ? 1 : 1.5, points: { show: false }, ...(dash === null ? {} : { dash: [...dash] }) };
}
