// What a person would call the difference between two definitions of a process.
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import { changesSocket, clusterPlan } from '../cluster/plan.ts';

/** Fields by the name they have in the config, where it is another one. */
const configName: Readonly<Record<string, string>> = {
  group: 'clusterGroup',
  minUptimeMs: 'minUptime',
  readyTimeoutMs: 'readyTimeout',
  restartDelayMs: 'restartDelay',
  maxRestartDelayMs: 'maxRestartDelay',
  killTimeoutMs: 'killTimeout',
  drainTimeoutMs: 'drainTimeout',
  queueTimeoutMs: 'queueTimeout',
  headTimeoutMs: 'headTimeout',
  idleTimeoutMs: 'idleTimeout',
  responseTimeoutMs: 'responseTimeout',
  maxHeadBytes: 'maxHeadSize',
  maxSizeBytes: 'maxSize',
  maxAgeMs: 'maxAge',
};

/** Fields that take effect on a running child only through a restart. The others are taken over as they are. */
const restartFields = new Set<keyof ProcessSpec>(['command', 'args', 'cwd', 'env', 'logs', 'pidFile', 'interpreter', 'script', 'instanceVar']);

export interface SpecDifference {
  /** Names such as `args`, `env.PORT`, `logs.format`; never values, which may be secret. */
  readonly changed: readonly string[];
  readonly needsRestart: boolean;
}

/** What an instance notices: how many others there are is not its business. */
export function specDifference(before: ProcessSpec, after: ProcessSpec): SpecDifference {
  const changed: string[] = [];
  let needsRestart = false;
  for (const field of Object.keys(after) as (keyof ProcessSpec)[]) {
    if (field === 'source' || field === 'instances' || same(before[field], after[field])) continue;
    if (restartFields.has(field) || isAnotherPlace(field, before, after)) needsRestart = true;
    if (field === 'env' || field === 'logs' || field === 'balancer') changed.push(...inner(field, before[field], after[field]));
    else changed.push(configName[field] ?? field);
  }
  return { changed, needsRestart };
}

/** A child notices another port or mode, unless TSPM listens in its place before and after. */
function isAnotherPlace(field: keyof ProcessSpec, before: ProcessSpec, after: ProcessSpec): boolean {
  const [then, now] = [clusterPlan(before), clusterPlan(after)];
  if (field === 'port') return then === null || now === null || now.mode === 'shared';
  if (field === 'host') return changesSocket(before, after);
  return field === 'balancer' && then?.mode !== now?.mode;
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
