// How many instances a process shall have: a number, asked for in place.
import { ActionIcon, Button, Popover } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { maxInstances } from '../../../shared/model/limits.ts';
import { plural } from '../../format/numbers.ts';
import { useServices } from '../../state/app-context.tsx';
import { useFresh } from '../../state/hooks.ts';
import type { ProcessGroup } from '../../state/process-groups.ts';
import { LayerAnchor } from './layer-anchor.tsx';
import { closeLayer, type RowMenuPlace } from './row-menu-state.ts';
import classes from './scale-popover.module.css';

export function ScalePopover({ group, place }: { readonly group: ProcessGroup; readonly place: RowMenuPlace }) {
  const { commands } = useServices();
  const fresh = useFresh();
  const now = group.instances.length;
  const [text, setText] = useState(String(now));
  const wanted = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  const valid = wanted >= 1 && wanted <= maxInstances;

  const close = (): void => closeLayer('scale');
  const step = (by: number) => () => setText(String(Math.min(maxInstances, Math.max(1, (valid ? wanted : now) + by))));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!valid || wanted === now) return;
    close();
    void commands.scale(group.name, wanted);
  };

  return (
    <Popover opened onDismiss={close} position="bottom-end" offset={4} width={268} shadow="md" trapFocus returnFocus={false} portalProps={{ target: '#main' }}>
      <Popover.Target>
        <LayerAnchor at={place.at} label={`Scale ${group.name}`} />
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <label className={classes['label']} htmlFor="scale-instances">
            Instances of {group.name}
          </label>
          <div className={classes['stepper']}>
            <ActionIcon variant="default" size={34} onClick={step(-1)} disabled={valid && wanted <= 1} aria-label="One less">
              <IconMinus size={16} />
            </ActionIcon>
            <input
              id="scale-instances"
              className={classes['number']}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              inputMode="numeric"
              autoComplete="off"
              data-autofocus
              aria-invalid={!valid}
              aria-describedby="scale-hint"
            />
            <ActionIcon variant="default" size={34} onClick={step(1)} disabled={valid && wanted >= maxInstances} aria-label="One more">
              <IconPlus size={16} />
            </ActionIcon>
            <Button type="submit" disabled={!fresh || !valid || wanted === now} className={classes['submit']}>
              Scale
            </Button>
          </div>
          <p id="scale-hint" className={classes['hint']} data-bad={valid ? undefined : true}>
            {hint(wanted, now, valid)}
          </p>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function hint(wanted: number, now: number, valid: boolean): string {
  if (!valid) return `A whole number from 1 to ${maxInstances}.`;
  if (wanted === now) return `It has ${plural(now, 'instance')}.`;
  return wanted > now ? `${plural(wanted - now, 'more is', 'more are')} started.` : `${plural(now - wanted, 'is', 'are')} stopped, once it has finished what it is at.`;
}
