// What one can do with a line at once, and the way to the rest. Plain buttons: there are three in every line of a long table.
import { IconDots, IconLoader2, IconPlayerPlay, IconPlayerStop, IconRefresh, type TablerIcon } from '@tabler/icons-react';
import { actionWords, type ProcessAction } from '../../state/actions.ts';
import { useServices } from '../../state/app-context.tsx';
import { useFresh, usePending } from '../../state/hooks.ts';
import classes from './cells.module.css';
import { openRowMenu } from './row-menu-state.ts';

interface RowActionsProps {
  readonly name: string;
  /** Of one instance; else of the whole process. */
  readonly instance?: number;
  readonly down: boolean;
  /** Reached by the Tab key: only those of the line that the keyboard is at. */
  readonly reachable: boolean;
}

export function RowActions({ name, instance, down, reachable }: RowActionsProps) {
  const { commands } = useServices();
  const fresh = useFresh();
  const pending = usePending(name, instance);
  // What is under way keeps its button, although the state has changed already.
  const next = pending?.action === 'start' || pending?.action === 'stop' ? pending.action : down ? 'start' : 'stop';
  const target = instance === undefined ? name : `${name}:${instance}`;

  const button = (action: ProcessAction, Icon: TablerIcon) => {
    const busy = pending?.action === action;
    const label = `${busy ? actionWords[action].doing : actionWords[action].label} ${target}`;
    return (
      <button
        type="button"
        className={classes['action']}
        tabIndex={reachable ? 0 : -1}
        disabled={!fresh}
        // Not disabled, so that the keyboard stays where it is.
        aria-disabled={busy ? true : undefined}
        data-pending={busy ? true : undefined}
        aria-label={label}
        title={busy ? `${actionWords[action].doing}…` : actionWords[action].label}
        onClick={busy ? undefined : () => void commands.run(action, [target])}
      >
        {busy ? <IconLoader2 size={16} className={classes['spin']} aria-hidden /> : <Icon size={16} stroke={1.7} aria-hidden />}
      </button>
    );
  };

  return (
    <div className={classes['actions']}>
      {next === 'start' ? button('start', IconPlayerPlay) : button('stop', IconPlayerStop)}
      {button('restart', IconRefresh)}
      <button
        type="button"
        className={classes['action']}
        tabIndex={reachable ? 0 : -1}
        disabled={!fresh}
        aria-label={`More for ${target}`}
        aria-haspopup="menu"
        title="More"
        onClick={(event) => openRowMenu({ name, instance: instance ?? null, opener: event.currentTarget, at: below(event.currentTarget) })}
      >
        <IconDots size={16} stroke={1.7} aria-hidden />
      </button>
    </div>
  );
}

function below(element: Element): { readonly x: number; readonly y: number } {
  const { right, bottom } = element.getBoundingClientRect();
  return { x: right, y: bottom };
}
