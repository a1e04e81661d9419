// Passive ejection: an instance that fails again and again gets no traffic for a while, and longer each time. Pure.

/** Failures in a row before an instance is left out. */
const failuresInARow = 3;
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

export interface Health {
  readonly failures: number;
  /** How often it was left out since it last answered. */
  readonly level: number;
  /** Left out until then, by `clock.elapsed`; 0 for not. */
  readonly ejectedUntil: number;
}

/** Also what an instance is as soon as it answers. */
export const healthy: Health = { failures: 0, level: 0, ejectedUntil: 0 };

/** After a pause one failure is enough for the next, longer one. */
export function afterFailure(health: Health, now: number): Health {
  if (isEjected(health, now)) return health;
  const failures = health.failures + 1;
  if (failures < failuresInARow) return { ...health, failures };
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** health.level);
  return { failures: failuresInARow - 1, level: health.level + 1, ejectedUntil: now + pauseMs };
}

export function isEjected(health: Health, now: number): boolean {
  return health.ejectedUntil > now;
}
