// Go to anything and do anything from the keyboard: a combobox over a list (WAI-ARIA Authoring Practices).
import { Modal, useMantineColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useLocation } from 'wouter';
import { assertNever } from '../../../shared/model/assert-never.ts';
import { useServices } from '../../state/app-context.tsx';
import { useFresh } from '../../state/hooks.ts';
import { useProcessGroups } from '../../state/use-process-groups.ts';
import { openOverlay } from '../overlay.ts';
import { pages } from '../pages.ts';
import classes from './command-palette.module.css';
import { paletteItems, type PaletteItem } from './palette-items.ts';
import { PaletteList, paletteListId, paletteOptionId } from './palette-list.tsx';

export default function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const groups = useProcessGroups();
  const fresh = useFresh();
  const act = useDeed();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const items = useMemo(() => paletteItems({ pages, groups: [...groups.values()], fresh }, query), [groups, fresh, query]);
  const current = Math.min(active, Math.max(0, items.length - 1));

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current, items]);

  const choose = (item: PaletteItem): void => {
    onClose();
    act(item.deed);
  };

  const pressed = (event: KeyboardEvent): void => {
    const chosen = items[current];
    if (event.key === 'ArrowDown') setActive(items.length === 0 ? 0 : (current + 1) % items.length);
    else if (event.key === 'ArrowUp') setActive(items.length === 0 ? 0 : (current - 1 + items.length) % items.length);
    else if (event.key === 'Enter' && chosen !== undefined) choose(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <Modal.Root opened onClose={onClose} padding={0} size={640} yOffset="12vh" transitionProps={{ duration: 80 }}>
      <Modal.Overlay />
      <Modal.Content aria-label="Search and commands">
        <input
          ref={focusAtOnce}
          className={classes['input']}
          role="combobox"
          aria-expanded
          aria-controls={paletteListId}
          aria-activedescendant={items.length === 0 ? undefined : paletteOptionId(current)}
          aria-label="Search and commands"
          placeholder="Go to a process, or do something: restart api, scale api 4…"
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={pressed}
          data-autofocus
          spellCheck={false}
          autoComplete="off"
        />
        <PaletteList ref={list} items={items} current={current} onChoose={choose} onPoint={setActive} />
        <p className={classes['foot']} aria-hidden>
          <kbd>↑</kbd> <kbd>↓</kbd> move <kbd>Enter</kbd> do it <kbd>Esc</kbd> close
        </p>
      </Modal.Content>
    </Modal.Root>
  );
}

/** The modal would do it a moment later, and what is typed in between would be lost. */
function focusAtOnce(input: HTMLInputElement | null): void {
  input?.focus({ preventScroll: true });
}

function useDeed(): (deed: PaletteItem['deed']) => void {
  const { commands } = useServices();
  const { setColorScheme } = useMantineColorScheme();
  const [, navigate] = useLocation();
  return (deed) => {
    switch (deed.kind) {
      case 'navigate':
        navigate(deed.path);
        return;
      case 'run':
        void commands.run(deed.action, [deed.name]);
        return;
      case 'scale':
        void commands.scale(deed.name, deed.instances);
        return;
      case 'scheme':
        setColorScheme(deed.scheme);
        return;
      case 'help':
        openOverlay('help');
        return;
      default:
        assertNever(deed);
    }
  };
}
