// Carries out a start plan: new and changed processes first, then known ones.
import type { CallOptions } from '../../shared/client/client.ts';
import type { Outcome } from '../../shared/contract/outcomes.ts';
import type { Context } from './command.ts';
import { nothingMatched } from './engine.ts';
import { callerEnvironment } from './environment.ts';
import type { StartPlan } from './start-plan.ts';

/** Throws what the engine answers; `nothing-matched` when a selector names no known process. */
export async function bringUp({ engine, env }: Context, { specs, selectors }: StartPlan, wait: boolean, options: CallOptions): Promise<readonly Outcome[]> {
  const environment = callerEnvironment(env);
  const outcomes: Outcome[] = [];
  if (specs.length > 0) outcomes.push(...(await engine.call('start', { specs: [...specs], environment, wait }, options)));
  if (selectors.length > 0) {
    const resumed = await engine.ask('resume', { selectors: [...selectors], environment, wait }, options);
    if (resumed === null) throw nothingMatched(selectors);
    outcomes.push(...resumed);
  }
  return outcomes;
}
