// A part of the whole as a bar and as a number.
import { nothing } from '../../format/numbers.ts';
import classes from './process-instances.module.css';

/** `share` is from 0 to 1. */
export function ShareBar({ share }: { readonly share: number | null }) {
  if (share === null) return <span>{nothing}</span>;
  return (
    <span className={classes.shareCell}>
      <span className={classes.bar} aria-hidden>
        <span className={classes.filled} style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      <span className={classes.shareNumber}>{Math.round(share * 100)} %</span>
    </span>
  );
}
