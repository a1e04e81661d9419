// Says that the engine is gone, since when, and when the page tries again. It lies over the foot of the page, so that nothing moves and no button is
// hidden.
import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { secondOfDay } from '../components/time-of-day.ts';
import type { Connection } from '../host/host.ts';
import { useServices } from '../state/app-context.tsx';
import { useConnection, useLost, useRunning, useStatus } from '../state/hooks.ts';
import classes from './connection-banner.module.css';

/** A hand-over between two engines takes less; whoever watches it need not be alarmed. */
const quietMs = 600;

export function ConnectionBanner() {
  const connection = useConnection();
  const lost = useLost();
  const broken = connection.state === 'lost' ? connection : null;
  const since = lost?.since ?? broken?.since;
  return (
    <div role="status" aria-live="polite" data-banner className={classes['place']}>
      {since !== undefined && <Banner since={since} broken={broken} />}
    </div>
  );
}

interface BannerProps {
  readonly since: number;
  /** null: the way to the engine is there, but it does not answer. */
  readonly broken: Extract<Connection, { state: 'lost' }> | null;
}

function Banner({ since, broken }: BannerProps) {
  const { host } = useServices();
  const known = useStatus() !== null;
  const running = useRunning();
  return (
    <div className={classes['banner']} title={broken?.reason} style={{ animationDelay: `${quietMs}ms` }}>
      <IconPlugConnectedX size={18} stroke={1.7} aria-hidden className={classes['icon']} />
      <span>
        <strong>TSPM has not answered since {secondOfDay(since)}.</strong>{' '}
        <span className={classes['more']}>{words(known, running)}</span>
      </span>
      <span className={classes['next']} aria-hidden>
        <NextTry retryAt={broken?.retryAt ?? null} />
      </span>
      <Button className={classes['now'] ?? ''} size="compact-sm" variant="default" onClick={host.retry} disabled={broken === null}>
        Try now
      </Button>
    </div>
  );
}

/** After a crash services run on; after `tspm kill` nothing does. Where the way is cut, `tspm dashboard` makes a new one. */
function words(known: boolean, running: boolean): ReactNode {
  if (!known) return 'The page comes as soon as it does.';
  if (!running) {
    return (
      <>
        No service runs. <code>tspm start</code> or <code>tspm dashboard</code> brings it back.
      </>
    );
  }
  return (
    <>
      This is what was known then; your services run on. If it stays away: <code>tspm dashboard</code>.
    </>
  );
}

function NextTry({ retryAt }: { readonly retryAt: number | null }) {
  const now = useStore(useServices().clock);
  if (retryAt === null) return 'Trying…';
  return `Next try in ${Math.max(1, Math.ceil((retryAt - now) / 1000))} s`;
}
