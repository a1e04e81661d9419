// The line below a log: how much there is, and whether more is coming.
import { Button } from '@mantine/core';
import { plural } from '../../format/numbers.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { LogState } from './log-store.ts';
import classes from './log-view.module.css';

export type LogFlow =
  | { readonly state: 'loading' }
  | { readonly state: 'live' }
  /** The engine is gone; it goes on by itself. */
  | { readonly state: 'lost' }
  | { readonly state: 'failed'; readonly message: string };

interface LogStatusProps {
  readonly state: LogState;
  readonly flow: LogFlow;
  readonly onResume: () => void;
}

export function LogStatus({ state, flow, onResume }: LogStatusProps) {
  const { held, rows, paused, waiting, timed } = state;
  return (
    <div className={classes.status} data-lost={flow.state === 'lost' || flow.state === 'failed' || undefined}>
      <span>{rows.count === held ? plural(held, 'line') : `${plural(rows.count, 'line')} of ${held.toLocaleString()}`}</span>
      {held > 0 && !timed && <span>No times in this format: stored output comes first, stored errors after it</span>}
      <span className={classes.spring} />
      {paused && (
        <Button variant="subtle" size="compact-xs" onClick={onResume}>
          {waiting === 0 ? 'Paused' : `Paused – show ${plural(waiting, 'new line')}`}
        </Button>
      )}
      <span>{flowText(flow)}</span>
    </div>
  );
}

function flowText(flow: LogFlow): string {
  switch (flow.state) {
    case 'loading':
      return 'Loading…';
    case 'live':
      return 'Live';
    case 'lost':
      return 'Not connected: goes on by itself, nothing is lost';
    case 'failed':
      return flow.message;
    default:
      return assertNever(flow);
  }
}
