// Which processes are shown: by words, by how they are, by where they belong.
import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import { isTyping } from '../../components/is-typing.ts';
import { StateMark } from '../../components/state-mark.tsx';
import type { ProcessState } from '../../../shared/model/process-state.ts';
import type { ProcessGroup } from '../../state/process-groups.ts';
import { buckets, countBuckets, placesOf, type Bucket, type Place, type TableFilter } from './table-filter.ts';
import classes from './toolbar.module.css';

interface FilterBarProps {
  readonly groups: readonly ProcessGroup[];
  readonly filter: TableFilter;
  readonly onFilter: (filter: TableFilter) => void;
}

const bucketLooks: Readonly<Record<Bucket, { readonly word: string; readonly state: ProcessState; readonly hint: string }>> = {
  online: { word: 'Online', state: 'online', hint: 'Runs and is ready' },
  changing: { word: 'Changing', state: 'starting', hint: 'Waiting, starting or stopping' },
  failing: { word: 'Failing', state: 'errored', hint: 'Errored, lost, or in backoff between two tries' },
  off: { word: 'Off', state: 'stopped', hint: 'Stopped, or exited as it was to' },
};

export function FilterBar({ groups, filter, onFilter }: FilterBarProps) {
  const counts = useMemo(() => countBuckets(groups), [groups]);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);

  const press = (bucket: Bucket) => (): void => {
    const next = new Set(filter.buckets);
    if (!next.delete(bucket)) next.add(bucket);
    onFilter({ ...filter, buckets: next });
  };

  return (
    <>
      <TextInput
        ref={input}
        className={classes['text'] ?? ''}
        size="sm"
        aria-label="Filter processes"
        placeholder="Filter by name, port…"
        leftSection={<IconSearch size={15} stroke={1.7} aria-hidden />}
        rightSection={filter.text === '' ? null : <CloseButton size="sm" aria-label="Clear the filter" onClick={() => onFilter({ ...filter, text: '' })} />}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onFilter({ ...filter, text: '' });
        }}
        spellCheck={false}
      />
      <div className={classes['buckets']} role="group" aria-label="Filter by state">
        {buckets.map((bucket) => {
          const { word, state, hint } = bucketLooks[bucket];
          return (
            <button
              key={bucket}
              type="button"
              className={classes['bucket']}
              aria-pressed={filter.buckets.has(bucket)}
              data-empty={counts[bucket] === 0 ? true : undefined}
              title={hint}
              onClick={press(bucket)}
            >
              <StateMark state={state} size={12} />
              {word}
              <span className={classes['number']}>{counts[bucket]}</span>
            </button>
          );
        })}
      </div>
      <PlaceSelect groups={groups} place={filter.place} onPlace={(place) => onFilter({ ...filter, place })} />
    </>
  );
}

interface PlaceSelectProps {
  readonly groups: readonly ProcessGroup[];
  readonly place: Place | null;
  readonly onPlace: (place: Place | null) => void;
}

/** The browser's own list: it is reached by every key and finger that its person is used to. */
function PlaceSelect({ groups, place, onPlace }: PlaceSelectProps) {
  const places = useMemo(() => placesOf(groups), [groups]);
  if (place === null && places.namespaces.length < 2 && places.groups.length === 0) return null;
  const options = (kind: Place['kind'], names: readonly string[]) =>
    names.map((name) => (
      <option key={name} value={`${kind} ${name}`}>
        {name}
      </option>
    ));
  return (
    <select
      className={classes['place']}
      aria-label="Group or namespace"
      value={place === null ? '' : `${place.kind} ${place.name}`}
      onChange={({ currentTarget: { value } }) => {
        const [kind, ...name] = value.split(' ');
        onPlace(kind === 'group' || kind === 'namespace' ? { kind, name: name.join(' ') } : null);
      }}
    >
      <option value="">All groups</option>
      {places.groups.length > 0 && <optgroup label="Groups">{options('group', places.groups)}</optgroup>}
      <optgroup label="Namespaces">{options('namespace', places.namespaces)}</optgroup>
    </select>
  );
}
