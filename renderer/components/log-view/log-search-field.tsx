// The search in a log: what to look for, how often it is there, and the way from one match to the next.
import { ActionIcon, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconFilter, IconFilterFilled, IconSearch, IconX } from '@tabler/icons-react';
import type { KeyboardEvent, Ref } from 'react';
import { formatCount, plural } from '../../format/numbers.ts';
import { IconButton } from './icon-button.tsx';
import { patternCharacters } from './find-ranges.ts';
import type { LogState } from './log-store.ts';
import classes from './log-view.module.css';

export interface LogSearchFieldProps {
  readonly state: LogState;
  readonly current: number | null;
  readonly field: Ref<HTMLInputElement>;
  readonly onSearch: (search: string) => void;
  readonly onStep: (direction: 1 | -1) => void;
  readonly onOnlyMatches: (only: boolean) => void;
  readonly onLeave: () => void;
}

export function LogSearchField({ state, current, field, onSearch, onStep, onOnlyMatches, onLeave }: LogSearchFieldProps) {
  const { search, matches, invalidSearch, onlyMatches, onlyBeginnings } = state;
  const idle = matches === null || matches.count === 0;
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && search !== '') onSearch('');
    else if (event.key === 'Escape') onLeave();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        ref={field}
        className={classes.search}
        size="xs"
        aria-label="Search the log"
        placeholder="Search text or /regex/"
        spellCheck={false}
        autoComplete="off"
        value={search}
        error={invalidSearch !== null}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={
          search !== '' && (
            <ActionIcon variant="subtle" size="xs" aria-label="Clear the search" onClick={() => onSearch('')}>
              <IconX size={12} />
            </ActionIcon>
          )
        }
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={pressed}
      />
      <div className={classes.group}>
        <IconButton label="Previous match (Shift+Enter)" disabled={idle} onClick={() => onStep(-1)} icon={<IconArrowUp size={16} />} />
        <IconButton label="Next match (Enter)" disabled={idle} onClick={() => onStep(1)} icon={<IconArrowDown size={16} />} />
        <IconButton
          label="Only lines that match"
          pressed={onlyMatches}
          disabled={matches === null}
          onClick={() => onOnlyMatches(!onlyMatches)}
          icon={onlyMatches ? <IconFilterFilled size={16} /> : <IconFilter size={16} />}
        />
      </div>
      <output className={classes.count} data-invalid={invalidSearch !== null || undefined} title={invalidSearch ?? (onlyBeginnings ? `Of each line the first ${formatCount(patternCharacters)} characters are searched` : undefined)}>
        {invalidSearch ?? foundText(state, current)}
      </output>
    </>
  );
}

function foundText({ matches, searched }: LogState, current: number | null): string {
  if (matches === null) return '';
  if (matches.count === 0) return searched ? 'Nothing found' : 'Searching…';
  const more = searched ? '' : '…';
  if (current === null) return `${plural(matches.count, 'line')}${more}`;
  return `${formatCount(matches.indexOf(current) + 1)} of ${formatCount(matches.count)}${more}`;
}
