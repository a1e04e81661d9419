// The keys that the pages know.
import { Modal } from '@mantine/core';
import { commandKey } from '../components/command-key.ts';
import classes from './shortcut-help.module.css';

const shortcuts = [
  {
    title: 'Everywhere',
    keys: [
      [`${commandKey} K`, 'Search and commands'],
      ['?', 'This help'],
    ],
  },
  {
    title: 'Processes',
    keys: [
      ['/', 'Filter'],
      ['↑ ↓', 'Move through the table'],
      ['→ ←', 'Show or hide the instances'],
      ['Enter', 'Open the process'],
      ['Space', 'Select it'],
      ['Shift ↑ ↓', 'Select a range'],
      [`${commandKey} A`, 'Select all'],
      ['Esc', 'Select none'],
      ['Tab', 'To the buttons of the line'],
      ['Shift F10', 'Menu of the line'],
    ],
  },
  {
    title: 'A process',
    keys: [
      ['/', 'Search its log'],
      [`${commandKey} F`, 'The same, when in the log'],
      ['Enter', 'Next match'],
      ['Shift Enter', 'Previous match'],
      ['End', 'To the newest line, when in the log'],
      ['← →', 'From value to value, when in a chart'],
    ],
  },
] as const;

export default function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" closeButtonProps={{ 'aria-label': 'Close' }} centered>
      {shortcuts.map(({ title, keys }) => (
        <section key={title} className={classes['section']}>
          <h3>{title}</h3>
          <dl className={classes['keys']}>
            {keys.map(([key, what]) => (
              <div key={key}>
                <dt>
                  {key.split(' ').map((one) => (
                    <kbd key={one}>{one}</kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
