// What can be done with a log as a whole: choose what is shown and how, pause, clear, copy, save.
import { Button, Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconDownload, IconEraser, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { LogStream } from '../../../shared/contract/logs.ts';
import { saveText } from './save-text.ts';
import { selectedText, shownText, type LineSelection } from './line-selection.ts';
import { IconButton } from './icon-button.tsx';
import { CopyButton } from './copy-button.tsx';
import type { LogOptions } from './log-options.ts';
import type { LogState, LogStore } from './log-store.ts';
import classes from './log-view.module.css';

export interface LogMenuProps {
  readonly store: LogStore;
  readonly state: LogState;
  readonly name: string;
  readonly instances: readonly number[];
  readonly selection: LineSelection | null;
  readonly options: LogOptions;
  readonly onOptions: (options: LogOptions) => void;
}

export function LogMenu({ store, state, name, instances, selection, options, onOptions }: LogMenuProps) {
  const { paused, filter } = state;
  const several = instances.length > 1;
  const text = (): string => (selection === null ? shownText(state.rows, several) : selectedText(state.rows, selection));
  return (
    <div className={classes.group}>
      <Menu position="bottom-end" closeOnItemClick={false} shadow="md" width={230} portalProps={{ target: '#main' }} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="subtle" size="compact-sm" leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}>
            {filterText(filter.instance, filter.stream) ?? 'View'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          <Menu.CheckboxItem checked={options.time} onChange={(time) => onOptions({ ...options, time })}>Time</Menu.CheckboxItem>
          <Menu.CheckboxItem checked={options.wrap} onChange={(wrap) => onOptions({ ...options, wrap })}>Wrap long lines</Menu.CheckboxItem>
          <Menu.CheckboxItem checked={options.fields} onChange={(fields) => onOptions({ ...options, fields })}>Fields below each line</Menu.CheckboxItem>
          <Menu.Divider />
          <Menu.Label>Stream</Menu.Label>
          <Menu.RadioGroup value={filter.stream ?? 'all'} onChange={(value) => store.setFilter({ ...filter, stream: streamOf(value) })}>
            <Menu.RadioItem value="all">Output and errors</Menu.RadioItem>
            <Menu.RadioItem value="out">Only standard output</Menu.RadioItem>
            <Menu.RadioItem value="err">Only standard error</Menu.RadioItem>
          </Menu.RadioGroup>
          {several && (
            <>
              <Menu.Divider />
              <Menu.Label>Instance</Menu.Label>
              <Menu.RadioGroup
                value={filter.instance === null ? 'all' : String(filter.instance)}
                onChange={(value) => store.setFilter({ ...filter, instance: value === 'all' ? null : Number(value) })}
              >
                <Menu.RadioItem value="all">All instances</Menu.RadioItem>
                {instances.map((instance) => (
                  <Menu.RadioItem key={instance} value={String(instance)}>
                    {name}:{instance}
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <IconButton
        label={paused ? 'Go on' : 'Pause'}
        pressed={paused}
        onClick={() => store.setPaused(!paused)}
        icon={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
      />
      <CopyButton label={selection === null ? 'Copy what is shown' : 'Copy the marked lines'} text={text} />
      <IconButton label="Save what is shown" onClick={() => saveText(`${name}.log`, shownText(state.rows, several))} icon={<IconDownload size={16} />} />
      <IconButton label="Clear the view" onClick={store.clear} icon={<IconEraser size={16} />} />
    </div>
  );
}

function streamOf(value: string): LogStream | null {
  return value === 'out' || value === 'err' ? value : null;
}

function filterText(instance: number | null, stream: LogStream | null): string | null {
  const parts = [instance === null ? null : `instance ${instance}`, stream === null ? null : stream === 'out' ? 'standard output' : 'standard error'];
  const said = parts.filter((part) => part !== null).join(', ');
  return said === '' ? null : `Only ${said}`;
}
