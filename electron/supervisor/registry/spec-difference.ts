// What a person would call the difference between two definitions of a process.
import type { ProcessSpec } from '../../../shared/contract/spec.ts';

/** Fields by the name they have in the config, where it is another one. */
const configName: Readonly<Record<string, string>> = {
  group: 'clusterGroup',
  minUptimeMs: 'minUptime',
  readyTimeoutMs: 'readyTimeout',
  restartDelayMs: 'restartDelay',
  maxRestartDelayMs: 'maxRestartDelay',
  killTimeoutMs: 'killTimeout',
  maxSizeBytes: 'maxSize',
  maxAgeMs: 'maxAge',
};

/** Fields that take effect on a running child only through a restart. The others are taken over as they are. */
const restartFields = new Set<keyof ProcessSpec>(['command', 'args', 'cwd', 'env', 'port', 'logs', 'pidFile', 'interpreter', 'script']);

export interface SpecDifference {
  /** Names such as `args`, `env.PORT`, `logs.format`; never values, which may be secret. */
  readonly changed: readonly string[];
  readonly needsRestart: boolean;
}

export function specDifference(before: ProcessSpec, after: ProcessSpec): SpecDifference {
  const changed: string[] = [];
  let needsRestart = false;
  for (const field of Object.keys(after) as (keyof ProcessSpec)[]) {
    if (field === 'source' || same(before[field], after[field])) continue;
    if (restartFields.has(field)) needsRestart = true;
    if (field === 'env' || field === 'logs') changed.push(...inner(field, before[field], after[field]));
    else changed.push(configName[field] ?? field);
  }
  return { changed, needsRestart };
}

function inner(field: string, before: object, after: object): string[] {
  const old = new Map(Object.entries(before));
  const now = new Map(Object.entries(after));
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names].filter((name) => !same(old.get(name), now.get(name))).map((name) => `${field}.${configName[name] ?? name}`);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
