// Brings instances up and waits for them.
import type { CommandContext } from '../../../shared/contract/commands.ts';
import type { Outcome } from '../../../shared/contract/outcomes.ts';
import type { Engine } from '../engine.ts';
import { outcomes, type Deed } from './outcomes.ts';
import { settle, upJudge } from './settle.ts';

/** Writes the desired state, acts, and waits if asked to. `act` sends the events that carry out the deeds;
 * judging begins when it is done, because until then instances look as they did before. */
export async function bringUp(engine: Engine, deeds: readonly Deed[], act: () => void | Promise<void>, wait: boolean, context: CommandContext): Promise<readonly Outcome[]> {
  const instances = deeds.filter((one) => one.instance.desired === 'up').map((one) => one.instance);
  const judge = upJudge(engine, instances);
  // Begun first: what is written down has the restart in it, which the next supervisor would take for a failure otherwise.
  const acting = act();
  const saved = engine.store.save();
  saved.catch(() => undefined);
  await acting;
  const verdicts = wait ? await settle(engine, instances, judge, context) : undefined;
  await saved;
  return outcomes(engine, deeds, verdicts);
}
