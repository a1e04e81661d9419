// Everything one can do with a process or an instance, each with what it means for its clients.
import { Menu } from '@mantine/core';
import { IconArrowUpRight, IconPlayerPlay, IconPlayerStop, IconRefresh, IconReplace, IconStack2, IconTrash } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { reloadHint } from '../../components/reload-hint.ts';
import { processPath } from '../../format/paths.ts';
import { actionWords, type ProcessAction } from '../../state/actions.ts';
import { useServices } from '../../state/app-context.tsx';
import { useCapable, useFresh } from '../../state/hooks.ts';
import { isDown, type ProcessGroup } from '../../state/process-groups.ts';
import { LayerAnchor } from './layer-anchor.tsx';
import classes from './row-menu.module.css';
import { askToDelete, closeLayer, openScale, type RowMenuPlace } from './row-menu-state.ts';

export function RowMenu({ group, place }: { readonly group: ProcessGroup; readonly place: RowMenuPlace }) {
  const { commands } = useServices();
  const fresh = useFresh();
  const canScale = useCapable('scale');
  const [, navigate] = useLocation();
  const { name, instance } = place;
  const target = instance === null ? name : `${name}:${instance}`;
  const chosen = instance === null ? group.instances : group.instances.filter((one) => one.instance === instance);
  const down = isDown(chosen);
  const run = (action: ProcessAction) => () => void commands.run(action, [target]);

  return (
    <Menu
      opened
      onClose={() => closeLayer('menu')}
      position="bottom-end"
      offset={4}
      width={268}
      shadow="md"
      returnFocus={false}
      portalProps={{ target: '#main' }}
      withInitialFocusPlaceholder={false}
      // Not of keys, which are Mantine's default too: the one that opens the menu would close it.
      clickOutsideEvents={['mousedown', 'touchstart']}
    >
      <Menu.Target>
        <LayerAnchor at={place.at} label={`Actions for ${target}`} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUpRight size={16} />} onClick={() => navigate(processPath(name))}>
          Open {instance === null ? 'its page' : 'the page of the process'}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlayerPlay size={16} />} disabled={!fresh || !down} onClick={run('start')}>
          {actionWords.start.label}
        </Menu.Item>
        <Menu.Item leftSection={<IconPlayerStop size={16} />} disabled={!fresh || down} onClick={run('stop')}>
          {actionWords.stop.label}
        </Menu.Item>
        <Menu.Item leftSection={<IconRefresh size={16} />} disabled={!fresh} onClick={run('restart')}>
          {actionWords.restart.label}
          <span className={classes['hint']}>All at once; it does not answer meanwhile</span>
        </Menu.Item>
        <Menu.Item leftSection={<IconReplace size={16} />} disabled={!fresh || down} onClick={run('reload')}>
          {actionWords.reload.label}
          <span className={classes['hint']}>{reloadHint(group.instances[0].balancerMode)}</span>
        </Menu.Item>
        {instance === null && (
          <>
            {canScale && (
              <Menu.Item leftSection={<IconStack2 size={16} />} disabled={!fresh} onClick={() => openScale(place)}>
                Scale…
                <span className={classes['hint']}>How many instances it has</span>
              </Menu.Item>
            )}
            <Menu.Divider />
            <Menu.Item leftSection={<IconTrash size={16} />} c="var(--tspm-bad)" disabled={!fresh} onClick={() => askToDelete([name], place.opener)}>
              Delete…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
