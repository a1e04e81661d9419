// What one log view shows, outside of React: lines come in by the thousand, and the page is told of them once per beat.
// A sender waits until its lines are taken, so that nothing piles up here.
import type { LogEntry, LogStream } from '../../../shared/contract/logs.ts';
import { LineIndex } from './line-index.ts';
import { LogBuffer, logLimits, type LogLimits } from './log-buffer.ts';
import { logLine, type LogLine } from './log-line.ts';
import { parseQuery, type LogQuery } from './log-query.ts';
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
  readonly longest: number;
  /** Whether lines say when they were written. */
  readonly timed: boolean;
  readonly paused: boolean;
  /** Lines that came while paused. */
  readonly waiting: number;
  readonly filter: LogFilter;
  readonly search: string;
  readonly query: LogQuery | null;
  readonly invalidSearch: string | null;
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
  /** Drops what is shown, and what waits. */
  readonly clear: () => void;
  readonly setPaused: (paused: boolean) => void;
  readonly setFilter: (filter: LogFilter) => void;
  readonly setSearch: (search: string) => void;
  readonly setOnlyMatches: (onlyMatches: boolean) => void;
}

export interface LogStoreParts {
  /** Calls back before the next picture is painted; at most some thirty times a second. */
  readonly nextBeat: (callback: () => void) => void;
  /** Milliseconds, for measuring. */
  readonly now: () => number;
  readonly limits?: LogLimits;
}

/** Lines taken per beat, and so the most that may wait for one. */
const maxArrived = 2048;

/** How long lines are looked through per beat; the rest of a frame belongs to the page. After a key less: it wants to be seen. */
const searchMs = 6;
const searchAtOnceMs = 2;

export function createLogStore({ nextBeat, now, limits = logLimits }: LogStoreParts): LogStore {
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
  let matching: LineIndex | null = null;
  let searched = true;
  let state = snapshot();

  function snapshot(): LogState {
    const matches = matching === null ? null : rowsOf(shown, matching);
    return {
      ...choice,
      rows: matches !== null && choice.onlyMatches ? matches : rowsOf(shown, filtered),
      held: shown.length,
      longest: shown.longest,
      timed: shown.timed,
      waiting: held.length,
      query: parsed.kind === 'query' ? parsed.query : null,
      invalidSearch: parsed.kind === 'invalid' ? parsed.message : null,
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
    const all = [filtered, matching].map((index) => index === null || index.advance(shown, enough));
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

  function choose(changes: Partial<typeof choice>): void {
    choice = { ...choice, ...changes };
    look();
  }

  function indexAnew(): void {
    const passes = filterTest(choice.filter);
    const query = parsed.kind === 'query' ? parsed.query : null;
    filtered = passes === null ? null : new LineIndex(passes);
    matching = query === null ? null : new LineIndex((line) => (passes === null || passes(line)) && query.matches(line.text));
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
    clear: () => {
      arrived = [];
      shown.clear();
      held.clear();
      look();
    },
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
  };
}

function filterTest({ instance, stream }: LogFilter): ((line: LogLine) => boolean) | null {
  if (instance === null && stream === null) return null;
  return (line) => (instance === null || line.instance === instance) && (stream === null || line.stream === stream);
}
