// Whether the page hears from the engine, in word and shape, and on demand what engine that is and what it has noticed.
import { Popover, UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { Connection } from '../host/host.ts';
import { assertNever } from '../../shared/model/assert-never.ts';
import { useConnection, useFresh, useStatus } from '../state/hooks.ts';
import classes from './engine-status.module.css';
import { EngineFacts } from './engine-facts.tsx';

export function EngineStatus() {
  const { look, word } = summary(useConnection(), useFresh());
  const notices = useStatus()?.notices.length ?? 0;
  return (
    <Popover position="right-end" offset={18} width={360} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes['status']} title={`Engine: ${word}`}>
          <svg className={classes['dot']} data-look={look} width={12} height={12} viewBox="0 0 12 12" aria-hidden>
            {look === 'live' ? <circle cx={6} cy={6} r={4} fill="currentColor" /> : <circle cx={6} cy={6} r={3.6} fill="none" stroke="currentColor" strokeWidth={1.8} strokeDasharray={look === 'busy' ? '6 3' : undefined} />}
            {look === 'lost' && <path d="M2 10 10 2" stroke="currentColor" strokeWidth={1.8} />}
          </svg>
          <VisuallyHidden>Engine: </VisuallyHidden>
          <span className={classes['word']}>{word}</span>
          {notices > 0 && (
            <span className={classes['notices']}>
              {notices}
              <VisuallyHidden> notices</VisuallyHidden>
            </span>
          )}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <EngineFacts />
      </Popover.Dropdown>
    </Popover>
  );
}

function summary(connection: Connection, fresh: boolean): { readonly look: 'live' | 'busy' | 'lost'; readonly word: string } {
  switch (connection.state) {
    case 'live':
      return fresh ? { look: 'live', word: 'Live' } : { look: 'busy', word: 'Loading' };
    case 'connecting':
      return { look: 'busy', word: 'Connecting' };
    case 'lost':
      return { look: 'lost', word: 'Not connected' };
    case 'denied':
    case 'mismatch':
      return { look: 'lost', word: 'Locked' };
    default:
      return assertNever(connection);
  }
}
