// What stands where no line is: why there is none, and what to do about it.
import { Button } from '@mantine/core';
import type { LogFlow } from './log-status.tsx';
import type { LogState } from './log-store.ts';
import classes from './log-view.module.css';

interface LogEmptyProps {
  readonly state: LogState;
  readonly flow: LogFlow;
  readonly onShowAll: () => void;
}

export function LogEmpty({ state, flow, onShowAll }: LogEmptyProps) {
  if (state.held > 0) {
    return (
      <div className={classes.empty}>
        <span>{state.searched ? 'No line matches' : 'Searching…'}</span>
        {state.searched && (
          <Button variant="default" size="compact-sm" onClick={onShowAll}>
            Show all lines
          </Button>
        )}
      </div>
    );
  }
  return <div className={classes.empty}>{flow.state === 'loading' ? 'Loading the last lines…' : 'Nothing written yet. Lines appear here as they come.'}</div>;
}
