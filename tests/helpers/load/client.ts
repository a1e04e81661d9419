// What clients of both kinds are given, and how they pass the time between two requests.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';

export interface ClientContext<Plan> {
  readonly plan: Plan;
  readonly ledger: Ledger;
  /** Aborted when no new request shall begin. */
  readonly stop: AbortSignal;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** A server that refuses is asked again, but not as fast as the processor allows. */
const leastPauseAfterFailureMs = 20;

export async function think({ stop, random, plan }: ClientContext<{ readonly thinkMs: number }>): Promise<void> {
  if (random() < 0.5) await pause(random() * plan.thinkMs, stop);
}

export function recover({ stop, plan }: ClientContext<{ readonly thinkMs: number }>): Promise<void> {
  return pause(Math.max(plan.thinkMs, leastPauseAfterFailureMs), stop);
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: stop });
  } catch (error) {
    // The pause is over because the load is.
    if (!stop.aborted) throw error;
  }
}
