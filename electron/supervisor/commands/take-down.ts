// `stop`, `delete` and `kill`: what ends processes on purpose.
import type { CommandHandlers } from '../../../shared/contract/commands.ts';
import { errorMessage } from '../../../shared/model/failure.ts';
import { homeId } from '../../platform/home.ts';
import { removeOwn } from '../../platform/trust/check-file.ts';
import type { Engine } from '../engine.ts';
import { endLeftovers } from '../host/leftovers.ts';
import { dropInstance } from '../registry/apply-spec.ts';
import { pidFilePath } from '../registry/instance-files.ts';
import { select } from '../registry/selectors.ts';
import { bringDown } from './bring-down.ts';
import { deed, outcomes } from './outcomes.ts';

export function stopCommand(engine: Engine): CommandHandlers['stop'] {
  return async ({ selectors }, context) => {
    const chosen = select(engine.list.instances(), selectors);
    const deeds = chosen.map((one) => deed(one, one.life.state === 'stopped' ? 'unchanged' : 'stopped'));
    return outcomes(engine, deeds, await bringDown(engine, chosen, context));
  };
}

export function deleteCommand(engine: Engine): CommandHandlers['delete'] {
  return async ({ selectors }, context) => {
    const chosen = select(engine.list.instances(), selectors);
    const verdicts = await bringDown(engine, chosen, context);
    // Looked at once more: a start that came in between has the last word.
    for (const instance of chosen.filter((one) => verdicts.get(one)?.ok === true && one.desired === 'down')) {
      dropInstance(engine, instance);
      // Where it cannot be removed, it names a process that is gone.
      await removeOwn(pidFilePath(engine.options.paths, instance.spec, instance.instance)).catch(() => undefined);
    }
    await engine.store.save();
    return outcomes(engine, chosen.map((one) => deed(one, 'deleted')), verdicts);
  };
}

/** Ends all services, then the shim; `leave` ends the supervisor itself once the answer is on its way. */
export function killCommand(engine: Engine, leave: () => void): CommandHandlers['kill'] {
  return async (_input, context) => {
    const instances = engine.list.instances();
    const running = instances.filter((one) => one.child !== null || one.lostChild !== null).length;
    try {
      await bringDown(engine, instances, context);
      // What left its process group is still marked as ours.
      await endLeftovers(engine.options.clock, null, homeId(engine.options.paths.home), []);
      // Once more, with how each of them ended: nobody is left to write it later.
      await engine.store.save();
    } catch (error) {
      engine.options.log(`kill: ${errorMessage(error)}`);
    } finally {
      await engine.host.end().catch((error: unknown) => engine.notice(`the data plane could not be ended: ${errorMessage(error)}`));
      leave();
    }
    return { stopped: running, ...(engine.unsaved === '' ? {} : { unsaved: engine.unsaved }) };
  };
}
