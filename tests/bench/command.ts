// Runs programs for the bench: waits, takes the time, and says what went wrong with the end of their output.
import { spawnSync } from 'node:child_process';

const timeoutMs = 120_000;

/** Environment of everything the bench starts: nothing of a managed process, no colour. */
export function cleanEnvironment(more: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(TSPM_|PM2_|pm_|npm_)/.test(name));
  const inherited = kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...more };
}

/** Wall time in ms. Throws an Error when the program fails. */
export function timed(program: string, args: readonly string[], env: Readonly<Record<string, string>>): number {
  const begin = performance.now();
  // Nobody reads the output, so that reading it costs no one anything.
  const result = spawnSync(program, args, { env, stdio: ['ignore', 'ignore', 'ignore'], timeout: timeoutMs });
  const elapsedMs = performance.now() - begin;
  if (result.status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${result.status ?? result.signal ?? 'nothing'}: ${result.error?.message ?? ''}`);
  return elapsedMs;
}

/** What the program prints. Throws an Error when it fails. */
export function output(program: string, args: readonly string[], env: Readonly<Record<string, string>>, cwd?: string): string {
  const result = spawnSync(program, args, { env, encoding: 'utf8', maxBuffer: 1 << 28, timeout: timeoutMs, ...(cwd === undefined ? {} : { cwd }) });
  if (result.status === 0) return result.stdout;
  const end = `${result.stdout}${result.stderr}`.trim().split('\n').slice(-10).join('\n');
  throw new Error(`${program} ${args.join(' ')} ended with ${result.status ?? result.signal ?? 'nothing'}:\n${result.error?.message ?? end}`);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Looks every few milliseconds until `check` gives something. Throws an Error after `limitMs`. */
export async function until<Value>(what: string, check: () => Value | null | undefined | false, limitMs = timeoutMs): Promise<Value> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const value = check();
    if (value !== null && value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`waited ${limitMs} ms in vain: ${what}`);
    await pause(5);
  }
}
