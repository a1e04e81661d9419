// The page before anything is known: the places of what will be there, so that nothing jumps when it comes.
import { MiddleText } from '../../components/middle-text.tsx';
import classes from './process-page.module.css';

export function ProcessSkeleton({ name }: { readonly name: string }) {
  return (
    <div className={classes.page} role="status" aria-label={`Loading ${name}`}>
      <header className={classes.header}>
        <span className={classes.back} />
        <h1 className={classes.name}>
          <MiddleText text={name} />
        </h1>
        <div className={classes.skeleton} style={{ gridColumn: 2, height: '1.125rem', maxWidth: '24rem' }} />
      </header>
      <div className={classes.skeleton} style={{ height: '5.5rem' }} />
      <div className={classes.charts}>
        <div className={classes.skeleton} style={{ height: '12.75rem' }} />
        <div className={classes.skeleton} style={{ height: '12.75rem' }} />
      </div>
      <div className={classes.skeleton} style={{ height: '2.25rem' }} />
      <div className={classes.skeleton} style={{ flex: '1 1 22rem' }} />
    </div>
  );
}
