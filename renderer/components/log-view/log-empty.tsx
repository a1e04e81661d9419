// What stands where no line is: why there is none, and what to do about it.
import { Button } from '@mantine/core';
import { assertNever } from '../../../shared/model/assert-never.ts';
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
  return <div className={classes.empty}>{emptyText(state, flow)}</div>;
}

export function emptyText({ paused, cleared }: Pick<LogState, 'paused' | 'cleared'>, flow: LogFlow): string {
  switch (flow.state) {
    case 'loading':
      return 'Loading the last lines…';
    case 'lost':
      return 'Not connected. Lines appear here when the connection is back.';
    case 'failed':
      return 'The log cannot be shown';
    case 'live':
      if (paused) return 'Paused. Lines that come meanwhile are held back.';
      return cleared ? 'Cleared. New lines appear here as they come.' : 'Nothing written yet. Lines appear here as they come.';
    default:
      return assertNever(flow);
  }
}
