// The course of the last two minutes, small enough for a line of a table. The number beside it says the same to a screen reader.
import { memo } from 'react';
import { sparklinePath, type SparklineInput } from './sparkline-path.ts';
import classes from './sparkline.module.css';

interface SparklineProps {
  readonly at: readonly number[];
  readonly values: readonly number[];
  readonly spanMs: number;
  readonly scale: SparklineInput['scale'];
  /** A CSS colour. */
  readonly colour: string;
}

/** Drawn in these units and stretched to its place; the line keeps its width. */
const width = 100;
const height = 22;

export const Sparkline = memo(function Sparkline({ colour, ...input }: SparklineProps) {
  const { line, area } = sparklinePath({ ...input, width, height });
  return (
    <svg className={classes['sparkline']} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden style={{ color: colour }}>
      <path d={area} fill="currentColor" opacity={0.14} />
      <path d={line} fill="none" stroke="currentColor" strokeWidth={1.25} strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
    </svg>
  );
});
