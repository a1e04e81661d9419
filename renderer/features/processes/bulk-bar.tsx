// What to do with the processes that are chosen, all at once.
import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconRefresh, IconReplace, IconTrash, IconX, type TablerIcon } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { reloadHintOfSeveral } from '../../components/reload-hint.ts';
import { plural } from '../../format/numbers.ts';
import { actionWords, type ProcessAction } from '../../state/actions.ts';
import { useServices } from '../../state/app-context.tsx';
import { useFresh } from '../../state/hooks.ts';
import { isDown, type ProcessGroup } from '../../state/process-groups.ts';
import { focusTable } from './focus-table.ts';
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
      disabled={!fresh}
      // Neither `loading` nor `disabled` once it was pressed: the keyboard's focus would be lost.
      aria-disabled={senseless || pending === action || undefined}
      aria-busy={pending === action || undefined}
      title={title}
      onClick={senseless || pending === action ? undefined : () => void commands.run(action, names)}
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
      {button('reload', IconReplace, down === selected.length, reloadHintOfSeveral)}
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconTrash size={15} stroke={1.7} aria-hidden />}
        disabled={!fresh}
        onClick={(event) => askToDelete(names, event.currentTarget)}
      >
        Delete…
      </Button>
      <Button size="compact-md" variant="subtle" className={classes['rest'] ?? ''} leftSection={<IconX size={15} stroke={1.7} aria-hidden />} onClick={() => {
        onClear();
        focusTable();
      }}>
        Clear
      </Button>
    </div>
  );
}
