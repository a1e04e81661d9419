// What happened and when: every fault with what it may excuse, and everything that was seen and should not have been.

/** What may go wrong while a fault is on: lines of logs, requests to clusters, the truth of the list, and the life of a service. */
export type Excuse = 'lines' | 'requests' | 'list' | 'end';

export interface WindowOptions {
  readonly excuses: readonly Excuse[];
  /** Only for this service; for all of them by default. */
  readonly service?: string;
  /** How long after its end it is still felt, in ms. */
  readonly tailMs?: number;
}

interface Window extends WindowOptions {
  readonly what: string;
  readonly from: number;
  to: number | null;
}

export interface Violation {
  readonly at: number;
  readonly invariant: string;
  readonly what: string;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface History {
  readonly violations: readonly Violation[];
  /** A fault begins; the result ends it. */
  begin(what: string, options: WindowOptions): () => void;
  note(text: string): void;
  /** Each thing is told once. */
  violated(invariant: string, what: string): void;
  isExcused(excuse: Excuse, span: Span, service?: string): boolean;
  /** As it stands before the lines that are told: seconds since the beginning. */
  timeOf(at: number): string;
  /** The lines around a moment, for a person. */
  around(at: number, beforeMs: number, afterMs: number): readonly string[];
}

/** Times are ms since the epoch by the machine's clock, which nobody touches. */
export function createHistory(say: (line: string) => void): History {
  const begun = Date.now();
  const windows: Window[] = [];
  const lines: { readonly at: number; readonly text: string }[] = [];
  const violations: Violation[] = [];

  const timeOf = (at: number): string => ((at - begun) / 1000).toFixed(2);

  const note = (text: string): void => {
    const at = Date.now();
    const line = `${timeOf(at).padStart(7)}  ${text}`;
    lines.push({ at, text: line });
    say(line);
  };

  return {
    violations,
    note,
    timeOf,
    begin(what, options) {
      const window: Window = { what, ...options, from: Date.now(), to: null };
      windows.push(window);
      note(`${what} …`);
      return () => {
        if (window.to !== null) return;
        window.to = Date.now();
        note(`… ${what} is over`);
      };
    },
    violated(invariant, what) {
      if (violations.some((one) => one.invariant === invariant && one.what === what)) return;
      violations.push({ at: Date.now(), invariant, what });
      note(`VIOLATED ${invariant}: ${what}`);
    },
    isExcused: (excuse, { from, to }, service) =>
      windows.some((one) => {
        const concerns = one.excuses.includes(excuse) && (one.service === undefined || one.service === service);
        return concerns && one.from <= to && (one.to === null || one.to + (one.tailMs ?? 0) >= from);
      }),
    around: (at, beforeMs, afterMs) => lines.filter((one) => one.at >= at - beforeMs && one.at <= at + afterMs).map(({ text }) => text),
  };
}
