// What to do with the processes that are chosen, all at once.
import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconRefresh, IconReplace, IconTrash, IconX, type TablerIcon } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { plural } from '../../format/numbers.ts';
import { actionWords, type ProcessAction } from '../../state/actions.ts';
import { useServices } from '../../state/app-context.tsx';
import { useFresh } from '../../state/hooks.ts';
import { isDown, type ProcessGroup } from '../../state/process-groups.ts';
import { askToDelete } from './row-menu-state.ts';
import classes from './toolbar.module.css';

interface BulkBarProps {
  readonly selected: readonly ProcessGroup[];
  readonly onClear: () => void;
}

export function BulkBar({ selected, onClear }: BulkBarProps) {
  const { commands } = useServices();
  const fresh = useFresh();
  const names = selected.map(({ name }) => name);
  const down = selected.filter(({ instances }) => isDown(instances)).length;
  const pending = useStore(commands.pending, (all) => {
    const actions = new Set(names.map((name) => all.get(name)?.action));
    const [action] = actions;
    return actions.size === 1 ? action : undefined;
  });

  const button = (action: ProcessAction, Icon: TablerIcon, senseless: boolean, title: string) => (
    <Button
      size="compact-md"
      variant="default"
      leftSection={<Icon size={15} stroke={1.7} aria-hidden />}
      disabled={!fresh || senseless}
      loading={pending === action}
      title={title}
      onClick={() => void commands.run(action, names)}
    >
      {actionWords[action].label}
    </Button>
  );

  return (
    <div role="toolbar" aria-label="Actions for what is selected" style={{ display: 'contents' }}>
      <span className={classes['chosen']} aria-live="polite">
        {plural(selected.length, 'process')} selected
      </span>
      {button('start', IconPlayerPlay, down === 0, 'Start those that do not run')}
      {button('stop', IconPlayerStop, down === selected.length, 'Stop them, those that others depend on last')}
      {button('restart', IconRefresh, false, 'All at once; they do not answer meanwhile')}
      {button('reload', IconReplace, down === selected.length, 'One instance after the other; where TSPM has the port, no request is lost')}
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconTrash size={15} stroke={1.7} aria-hidden />}
        disabled={!fresh}
        onClick={(event) => askToDelete(names, event.currentTarget)}
      >
        Delete…
      </Button>
      <Button size="compact-md" variant="subtle" className={classes['rest'] ?? ''} leftSection={<IconX size={15} stroke={1.7} aria-hidden />} onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
