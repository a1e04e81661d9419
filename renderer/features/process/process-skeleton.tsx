// The page before anything is known: the places of what will be there, so that nothing jumps when it comes.
import classes from './process-page.module.css';

export function ProcessSkeleton({ name }: { readonly name: string }) {
  return (
    <div className={classes.page} role="status" aria-label={`Loading ${name}`}>
      <div className={classes.skeleton} style={{ height: '2.75rem', width: '60%' }} />
      <div className={classes.skeleton} style={{ height: '5.5rem' }} />
      <div className={classes.charts}>
        <div className={classes.skeleton} style={{ height: '12.75rem' }} />
        <div className={classes.skeleton} style={{ height: '12.75rem' }} />
      </div>
      <div className={classes.skeleton} style={{ flex: '1 1 22rem' }} />
    </div>
  );
}
