// wrk, the load of the throughput figures: 50 connections from one thread.
import { cleanEnvironment, output } from './command.ts';
import { tool } from './tools.ts';

export interface WrkRun {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Requests without a complete answer, or with another status than 200 or 3xx. */
  readonly failed: number;
}

export type Connections = 'keep-alive' | 'close';

const factors: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000 };

/** Throws an Error when wrk is not installed or cannot reach the port. */
export function runWrk(port: number, connections: Connections, seconds: number): WrkRun {
  const header = connections === 'close' ? ['-H', 'Connection: close'] : [];
  const text = output(tool('wrk'), ['-t1', '-c50', `-d${seconds}s`, '--latency', ...header, `http://127.0.0.1:${port}/`], cleanEnvironment({}));
  return parseWrk(text);
}

export function parseWrk(text: string): WrkRun {
  const errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.slice(1) ?? [];
  const refused = /Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? '0';
  return {
    perSecond: Number(field(text, /Requests\/sec:\s+([\d.]+)/)),
    p50Ms: latency(text, '50%'),
    p99Ms: latency(text, '99%'),
    failed: [...errors, refused].reduce((sum, count) => sum + Number(count), 0),
  };
}

function latency(text: string, quantile: string): number {
  const [, value, unit = ''] = new RegExp(`^\\s+${quantile}\\s+([\\d.]+)(us|ms|s|m)$`, 'm').exec(text) ?? [];
  return Number(value) * (factors[unit] ?? Number.NaN);
}

function field(text: string, pattern: RegExp): string {
  const value = pattern.exec(text)?.[1];
  if (value === undefined) throw new Error(`wrk has not said ${pattern.source}:\n${text}`);
  return value;
}
