// What one log view shows, outside of React: lines come in by the thousand, and the page is told of them once per beat.
// A sender waits until its lines are taken, so that nothing piles up here.
import type { LogEntry, LogStream } from '../../../shared/contract/logs.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import { patternCharacters } from './find-ranges.ts';
import { LineIndex } from './line-index.ts';
import { LogBuffer, logLimits, type LogLimits } from './log-buffer.ts';
import { logLine, type LogLine } from './log-line.ts';
import { createTextSearch, type LineSearch } from './line-search.ts';
import { parseQuery, type LinePattern } from './log-query.ts';
import type { PatternMatcher } from './pattern-matcher.ts';
import { PatternSearch } from './pattern-search.ts';
import { rowsOf, type LogRows } from './log-rows.ts';

export interface LogFilter {
  /** null: all of them. */
  readonly instance: number | null;
  readonly stream: LogStream | null;
}

export interface LogState {
  readonly rows: LogRows;
  /** Lines in all, shown or not. */
  readonly held: number;
  /** There were lines, and the reader has dropped them. */
  readonly cleared: boolean;
  readonly longest: number;
  /** Whether lines say when they were written. */
  readonly timed: boolean;
  readonly paused: boolean;
  /** Lines that came while paused. */
  readonly waiting: number;
  readonly filter: LogFilter;
  readonly search: string;
  /** What is looked for is marked in lines; null without a search. */
  readonly marks: Pick<LineSearch, 'rangesOf'> | null;
  /** Why there is no search although something was typed. */
  readonly invalidSearch: string | null;
  /** Only the beginnings of long lines are looked through. */
  readonly onlyBeginnings: boolean;
  readonly onlyMatches: boolean;
  /** null without a search. */
  readonly matches: LogRows | null;
  /** False while older lines are still being searched. */
  readonly searched: boolean;
}

export interface LogStore {
  readonly getState: () => LogState;
  readonly subscribe: (listener: () => void) => () => void;
  /** A promise when there is no room for more before the next beat: whoever has more waits for it. */
  readonly receive: (entries: readonly LogEntry[]) => Promise<void> | undefined;
  /** The log is sent from its beginning: what was received before is void. */
  readonly begin: () => void;
  /** For the reader: drops what is shown, and what waits. */
  readonly clear: () => void;
  readonly setPaused: (paused: boolean) => void;
  readonly setFilter: (filter: LogFilter) => void;
  readonly setSearch: (search: string) => void;
  readonly setOnlyMatches: (onlyMatches: boolean) => void;
  /** Lets go of what runs outside of the page. */
  readonly stop: () => void;
}

export interface LogStoreParts {
  /** Calls back before the next picture is painted; at most some thirty times a second. */
  readonly nextBeat: (callback: () => void) => void;
  /** Milliseconds, for measuring. */
  readonly now: () => number;
  readonly startMatcher: (pattern: LinePattern) => PatternMatcher;
  readonly limits?: LogLimits;
}

/** Lines taken per beat, and so the most that may wait for one. */
const maxArrived = 2048;

/** How long lines are looked through per beat; the rest of a frame belongs to the page. After a key less: it wants to be seen. */
const searchMs = 6;
const searchAtOnceMs = 2;

export function createLogStore({ nextBeat, now, startMatcher, limits = logLimits }: LogStoreParts): LogStore {
  const shown = new LogBuffer(limits);
  const held = new LogBuffer(limits);
  const listeners = new Set<() => void>();
  let arrived: LogEntry[] = [];
  let waiters: (() => void)[] = [];
  let sequence = 0;
  let beatAhead = false;
  let choice: Pick<LogState, 'paused' | 'filter' | 'search' | 'onlyMatches'> = {
    paused: false, filter: { instance: null, stream: null }, search: '', onlyMatches: false,
  };
  let parsed = parseQuery('');
  let filtered: LineIndex | null = null;
  let searching: LineSearch | null = null;
  let searched = true;
  let cleared = false;
  let state = snapshot();

  function snapshot(): LogState {
    const search = searching?.problem === null ? searching : null;
    const matches = search === null ? null : rowsOf(shown, search.index);
    return {
      ...choice,
      rows: matches !== null && choice.onlyMatches ? matches : rowsOf(shown, filtered),
      held: shown.length,
      cleared,
      longest: shown.longest,
      timed: shown.timed,
      waiting: held.length,
      marks: search,
      invalidSearch: parsed.kind === 'invalid' ? parsed.message : (searching?.problem ?? null),
      onlyBeginnings: parsed.kind === 'pattern' && shown.longest > patternCharacters,
      matches,
      searched,
    };
  }

  function beat(): void {
    beatAhead = false;
    const lines = arrived.map((entry) => logLine(entry, sequence++));
    const taken = waiters;
    arrived = [];
    waiters = [];
    (choice.paused ? held : shown).append(lines);
    look(searchMs);
    for (const resolve of taken) resolve();
  }

  /** Brings the indexes up to date as far as there is time, and tells everybody. */
  function look(budgetMs = searchAtOnceMs): void {
    const end = now() + budgetMs;
    const enough = (): boolean => now() > end;
    const all = [filtered, searching].map((index) => index === null || index.advance(shown, enough));
    searched = all.every(Boolean);
    if (!searched) ahead();
    state = snapshot();
    for (const listener of listeners) listener();
  }

  function ahead(): void {
    if (beatAhead) return;
    beatAhead = true;
    nextBeat(beat);
  }

  function drop(byReader: boolean): void {
    arrived = [];
    shown.clear();
    held.clear();
    cleared = byReader;
    look();
  }

  function choose(changes: Partial<typeof choice>): void {
    choice = { ...choice, ...changes };
    look();
  }

  function indexAnew(): void {
    const passes = filterTest(choice.filter);
    filtered = passes === null ? null : new LineIndex(passes);
    searching?.stop();
    searching = searchFor(passes ?? (() => true));
  }

  function searchFor(passes: (line: LogLine) => boolean): LineSearch | null {
    switch (parsed.kind) {
      case 'none':
      case 'invalid':
        return null;
      case 'text':
        return createTextSearch(parsed.expression, passes);
      case 'pattern':
        return new PatternSearch(startMatcher(parsed.pattern), passes);
      default:
        return assertNever(parsed);
    }
  }

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receive: (entries) => {
      arrived.push(...entries);
      ahead();
      return arrived.length < maxArrived ? undefined : new Promise((resolve) => waiters.push(resolve));
    },
    begin: () => drop(false),
    clear: () => drop(true),
    setPaused: (paused) => {
      if (!paused) shown.append(held.take());
      choose({ paused });
    },
    setFilter: (filter) => {
      choice = { ...choice, filter };
      indexAnew();
      look();
    },
    setSearch: (search) => {
      choice = { ...choice, search };
      parsed = parseQuery(search);
      indexAnew();
      look();
    },
    setOnlyMatches: (onlyMatches) => choose({ onlyMatches }),
    stop: () => searching?.stop(),
  };
}

function filterTest({ instance, stream }: LogFilter): ((line: LogLine) => boolean) | null {
  if (instance === null && stream === null) return null;
  return (line) => (instance === null || line.instance === instance) && (stream === null || line.stream === stream);
}
