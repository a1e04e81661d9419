// The values under the cursor of a chart, one row for each line.
import { nothing } from '../../format/numbers.ts';
import { secondOfDay } from '../time-of-day.ts';
import type { LineLook } from './line-look.ts';
import { LineSwatch } from './line-swatch.tsx';
import classes from './usage-chart.module.css';

export interface TipRow {
  readonly look: LineLook;
  /** null: it was down. */
  readonly value: number | null;
}

export interface ChartTipProps {
  readonly moment: number;
  readonly rows: readonly TipRow[];
  readonly format: (value: number) => string;
  /** Pixels from the left edge of the chart, and whether the tip lies to the left of that. */
  readonly left: number;
  readonly flipped: boolean;
  readonly swatches: boolean;
}

export function ChartTip({ moment, rows, format, left, flipped, swatches }: ChartTipProps) {
  return (
    <div className={classes.tip} style={{ left, transform: flipped ? 'translateX(calc(-100% - 12px))' : 'translateX(12px)' }} aria-hidden="true">
      <div className={classes.tipTime}>{secondOfDay(moment)}</div>
      {rows.map(({ look, value }) => (
        <div key={look.label} className={classes.tipRow}>
          {swatches && <LineSwatch colour={look.colour} />}
          <span className={classes.tipLabel}>{look.label}</span>
          <span className={classes.tipValue}>{value === null ? nothing : format(value)}</span>
        </div>
      ))}
    </div>
  );
}
