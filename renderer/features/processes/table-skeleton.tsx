// The table before anything is known, in the measures that it will have.
import classes from './table-skeleton.module.css';

const lines = [62, 48, 71, 55, 66, 44, 58, 69];

export function TableSkeleton() {
  return (
    <div className={classes['skeleton']} role="status" aria-label="Loading the processes">
      <div className={classes['toolbar']}>
        <span className={classes['bar']} style={{ width: '16rem', height: '2rem' }} />
      </div>
      <div className={classes['lines']}>
        <div className={classes['line']} />
        {lines.map((width) => (
          <div key={width} className={classes['line']}>
            <span className={classes['bar']} style={{ width: `${width / 4}%` }} />
            <span className={classes['bar']} style={{ width: '6rem' }} />
            <span className={classes['bar']} style={{ width: '16%', marginLeft: 'auto' }} />
          </div>
        ))}
      </div>
    </div>
  );
}
