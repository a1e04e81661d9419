// `stop`, `delete` and `kill`: what ends processes on purpose.
import type { CommandHandlers } from '../../../shared/contract/commands.ts';
import { atMost } from '../../../shared/model/at-most.ts';
import { errorMessage } from '../../../shared/model/failure.ts';
import { instanceKey, parseHostId } from '../../../shared/model/shim-protocol.ts';
import { homeId } from '../../platform/home.ts';
import { removeOwn } from '../../platform/trust/check-file.ts';
import type { Engine } from '../engine.ts';
import { endLeftovers, livingChildren } from '../host/leftovers.ts';
import { dropInstance } from '../registry/apply-spec.ts';
import { pidFilePath } from '../registry/instance-files.ts';
import { select } from '../registry/selectors.ts';
import { bringDown } from './bring-down.ts';
import { deed, outcomes } from './outcomes.ts';

/** To look how many services run. */
const journalMs = 500;

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
    const running = await runningKeys(engine);
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
    return { stopped: running.size, ...(engine.unsaved === '' ? {} : { unsaved: engine.unsaved }) };
  };
}

/** Which instances run: as far as the engine knows, and those that it has not met, because it could not reach their data plane yet. */
async function runningKeys(engine: Engine): Promise<ReadonlySet<string>> {
  const { paths } = engine.options;
  const keys = new Set(engine.list.instances().filter((one) => one.child !== null || one.lostChild !== null).map((one) => one.key));
  const addFrom = async (journal: string): Promise<void> => {
    for (const id of await livingChildren(journal)) {
      const place = parseHostId(id);
      if (place !== null) keys.add(instanceKey(place.name, place.instance));
    }
  };
  // It only counts: a disk that hangs keeps nothing running.
  await atMost(journalMs, Promise.all([paths.shimJournal, paths.nextShimJournal].map(addFrom)));
  return keys;
}
