// What engine this is, and its notices, newest first.
import { formatMoment } from '../format/numbers.ts';
import { useStatus } from '../state/hooks.ts';
import classes from './engine-facts.module.css';

const ownerWords = { desktop: 'the desktop application', daemon: 'a background process', runtime: 'a container' } as const;

export function EngineFacts() {
  const status = useStatus();
  if (status === null) return <p className={classes['quiet']}>Nothing is known of the engine yet.</p>;
  const { owner, shim, notices } = status;
  return (
    <div tabIndex={-1} data-autofocus className={classes['facts']}>
      <dl className={classes['list']}>
        <dt>Engine</dt>
        <dd>
          TSPM {status.version}
          {owner !== null && `, in ${ownerWords[owner.kind]}, pid ${owner.pid}`}
        </dd>
        {owner !== null && (
          <>
            <dt>Since</dt>
            <dd>{formatMoment(owner.startedAt)}</dd>
          </>
        )}
        {shim !== null && (
          <>
            <dt>Shim</dt>
            <dd>
              pid {shim.pid}
              {shim.older === true && `, older than the engine (${shim.version ?? 'unknown'}): tspm upgrade replaces it`}
            </dd>
          </>
        )}
        <dt>Home</dt>
        <dd>{status.home}</dd>
      </dl>
      <h2 className={classes['heading']}>Notices</h2>
      {notices.length === 0 && <p className={classes['quiet']}>None since the engine came up.</p>}
      {notices.length > 0 && (
        <ol className={classes['notices']} tabIndex={0} aria-label="Notices, newest first">
          {notices.toReversed().map(({ at, message }, index) => (
            <li key={`${at} ${notices.length - index}`}>
              <time dateTime={new Date(at).toISOString()}>{formatMoment(at)}</time>
              {message}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
