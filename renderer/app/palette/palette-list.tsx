// The palette's offers, under the headings of their sections.
import { IconArrowRight, IconLayoutList, IconPlayerPlay, IconSettings, type TablerIcon } from '@tabler/icons-react';
import type { Ref } from 'react';
import classes from './command-palette.module.css';
import type { PaletteItem } from './palette-items.ts';

export const paletteListId = 'palette-list';

export function paletteOptionId(index: number): string {
  return `palette-${index}`;
}

const icons: Readonly<Record<PaletteItem['section'], TablerIcon>> = {
  Processes: IconArrowRight,
  Actions: IconPlayerPlay,
  Pages: IconLayoutList,
  Page: IconSettings,
};

interface PaletteListProps {
  readonly items: readonly PaletteItem[];
  readonly current: number;
  readonly onChoose: (item: PaletteItem) => void;
  readonly onPoint: (index: number) => void;
  readonly ref: Ref<HTMLDivElement>;
}

export function PaletteList({ items, current, onChoose, onPoint, ref }: PaletteListProps) {
  return (
    <div className={classes['place']} ref={ref}>
      {items.length === 0 && (
        <p className={classes['none']} role="status">
          Nothing fits. Try the name of a process, or restart, stop, scale…
        </p>
      )}
      <div id={paletteListId} role="listbox" aria-label="Offers" tabIndex={-1}>
        {items.map((item, index) => {
          const Icon = icons[item.section];
          return (
            <div key={item.id} role="presentation">
              {item.section !== items[index - 1]?.section && (
                <div className={classes['section']} aria-hidden>
                  {item.section === 'Page' ? 'This page' : item.section}
                </div>
              )}
              <div
                id={paletteOptionId(index)}
                role="option"
                aria-selected={index === current}
                className={classes['item']}
                onClick={() => onChoose(item)}
                onPointerMove={() => onPoint(index)}
              >
                <Icon size={16} stroke={1.6} aria-hidden />
                <span className={classes['label']}>{item.label}</span>
                <span className={classes['detail']}>{item.detail}</span>
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}
