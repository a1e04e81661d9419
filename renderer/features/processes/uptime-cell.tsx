// How long a child has run: the one thing of a row that changes by itself.
import { formatUptime, nothing } from '../../format/numbers.ts';
import { useEngineNow } from '../../state/hooks.ts';
import classes from './cells.module.css';

export function UptimeCell({ startedAt }: { readonly startedAt: number | null }) {
  if (startedAt === null) return <span className={classes['none']}>{nothing}</span>;
  return <Uptime startedAt={startedAt} />;
}

function Uptime({ startedAt }: { readonly startedAt: number }) {
  return formatUptime(useEngineNow() - startedAt);
}
