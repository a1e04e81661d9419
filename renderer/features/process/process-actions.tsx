// What can be done with a whole process. A button says what is under way until the engine has answered.
import { Button, Loader } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconRefresh, IconReplace, IconStack2, IconTrash, type TablerIcon } from '@tabler/icons-react';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import { actionWords, type Action, type ProcessAction } from '../../state/actions.ts';
import { useServices } from '../../state/app-context.tsx';
import type { PendingCommand } from '../../state/command-runner.ts';
import { useCapable, useFresh, usePending } from '../../state/hooks.ts';
import { isDown } from '../../state/process-groups.ts';
import { askToDelete, openScale } from '../processes/row-menu-state.ts';
import { RowLayers } from '../processes/row-layers.tsx';
import { pendingText } from './pending-text.ts';
import { reloadHint } from '../../components/reload-hint.ts';
import classes from './process-page.module.css';

interface ProcessActionsProps {
  readonly name: string;
  readonly instances: readonly [ProcessSnapshot, ...ProcessSnapshot[]];
}

export function ProcessActions({ name, instances }: ProcessActionsProps) {
  const { commands } = useServices();
  const fresh = useFresh();
  const pending = usePending(name);
  const canScale = useCapable('scale');
  const down = isDown(instances);
  const run = (action: ProcessAction) => () => void commands.run(action, [name]);
  const common = { pending, fresh };
  return (
    <div className={classes.actions} role="toolbar" aria-label={`Actions for ${name}`}>
      {down ? (
        <ActionButton {...common} action="start" icon={IconPlayerPlay} onClick={run('start')} hint="Start it" />
      ) : (
        <ActionButton {...common} action="stop" icon={IconPlayerStop} onClick={run('stop')} hint="Stop it; it stays in the list" />
      )}
      <ActionButton {...common} action="restart" icon={IconRefresh} onClick={run('restart')} hint="All at once; it does not answer meanwhile" />
      <ActionButton
        {...common}
        action="reload"
        icon={IconReplace}
        disabled={down}
        onClick={run('reload')}
        hint={reloadHint(instances[0].balancerMode)}
      />
      <ActionButton
        {...common}
        action="scale"
        icon={IconStack2}
        disabled={!canScale}
        hint="How many instances it has"
        onClick={(opener) => {
          const { right, bottom } = opener.getBoundingClientRect();
          openScale({ name, instance: null, opener, at: { x: right, y: bottom } });
        }}
      />
      <ActionButton {...common} action="delete" icon={IconTrash} hint="Stop it and take it out of the list" onClick={(opener) => askToDelete([name], opener)} quiet />
      <RowLayers />
    </div>
  );
}

interface ActionButtonProps {
  readonly action: Action;
  readonly icon: TablerIcon;
  readonly hint: string;
  readonly pending: PendingCommand | undefined;
  readonly fresh: boolean;
  readonly disabled?: boolean;
  readonly quiet?: boolean;
  readonly onClick: (opener: HTMLElement) => void;
}

function ActionButton({ action, icon: Icon, hint, pending, fresh, disabled = false, quiet = false, onClick }: ActionButtonProps) {
  const mine = pending?.action === action ? pending : undefined;
  const { label } = actionWords[action];
  return (
    <Button
      variant={quiet ? 'subtle' : 'default'}
      size="compact-md"
      className={quiet ? classes.quietAction : classes.action}
      // Not `loading` nor `disabled` while it works: a button that is disabled loses the keyboard's focus.
      aria-disabled={mine !== undefined || undefined}
      aria-busy={mine !== undefined || undefined}
      data-busy={mine !== undefined || undefined}
      disabled={!fresh || disabled}
      title={hint}
      aria-label={mine === undefined ? label : pendingText(mine)}
      leftSection={mine === undefined ? <Icon size={16} stroke={1.7} aria-hidden /> : <Loader size={14} aria-hidden />}
      onClick={(event) => mine === undefined && onClick(event.currentTarget)}
    >
      {label}
    </Button>
  );
}
