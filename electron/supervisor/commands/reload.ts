// `reload`: one instance after the other, each ready before the next one goes. Stops at the first that fails.
import type { CommandHandlers } from '../../../shared/contract/commands.ts';
import type { Outcome } from '../../../shared/contract/outcomes.ts';
import type { Engine } from '../engine.ts';
import { downLevels } from './bring-down.ts';
import { deed, outcome } from './outcomes.ts';
import { prepareRestart } from './restart.ts';
import { settle, upJudge } from './settle.ts';

export function reloadCommand(engine: Engine): CommandHandlers['reload'] {
  return async ({ selectors, environment }, context) => {
    const { deeds, want } = await prepareRestart(engine, selectors, environment, 'reloaded', context);
    const instances = deeds.map((one) => one.instance);
    const results: Outcome[] = [];
    let failed: string | null = null;
    // What others depend on goes first, so that they come up against the new one.
    for (const instance of downLevels(engine, instances).toReversed().flat()) {
      const done = deeds.find((one) => one.instance === instance) ?? deed(instance, 'reloaded');
      if (failed !== null) {
        results.push(await outcome(engine, deed(instance, 'unchanged', `left as it was, because ${failed} failed`)));
        continue;
      }
      const judge = upJudge(engine, [instance]);
      want(instance);
      await engine.store.save();
      instance.dispatch({ type: 'restart' });
      const verdict = (await settle(engine, [instance], judge, context)).get(instance);
      if (verdict?.ok === false) failed = instance.key;
      results.push(await outcome(engine, done, verdict));
    }
    return results;
  };
}
