// Shows or hides the instances of a process.
import { IconChevronRight } from '@tabler/icons-react';
import classes from './cells.module.css';

interface FoldButtonProps {
  readonly name: string;
  readonly unfolded: boolean;
  readonly fold: (name: string) => void;
}

export function FoldButton({ name, unfolded, fold }: FoldButtonProps) {
  const label = `${unfolded ? 'Hide' : 'Show'} the instances of ${name}`;
  return (
    <button type="button" className={classes['fold']} data-unfolded={unfolded ? true : undefined} tabIndex={-1} aria-label={label} title={label} onClick={() => fold(name)}>
      <IconChevronRight size={14} stroke={2} aria-hidden />
    </button>
  );
}
