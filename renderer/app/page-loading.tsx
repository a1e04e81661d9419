// While a page's code is on its way: nothing for a moment, since it mostly is there at once.
import { Loader } from '@mantine/core';
import classes from './page-loading.module.css';

export function PageLoading() {
  return (
    <div className={classes['loading']} role="status" aria-label="Loading the page">
      <Loader size="sm" color="var(--tspm-dim)" />
    </div>
  );
}
