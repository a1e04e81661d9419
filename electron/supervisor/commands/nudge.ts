// Small things done to instances that change no desired state: flush, reset, signal.
import type { CommandHandlers } from '../../../shared/contract/commands.ts';
import { errorMessage } from '../../../shared/model/failure.ts';
import type { Engine } from '../engine.ts';
import { logTarget } from '../registry/instance-files.ts';
import { select } from '../registry/selectors.ts';
import { deed, outcomes } from './outcomes.ts';

export function nudgeCommands(engine: Engine): Pick<CommandHandlers, 'flush' | 'reset' | 'signal'> {
  return {
    async flush({ selectors }) {
      const chosen = select(engine.list.instances(), selectors);
      const files = chosen.map((one) => logTarget(engine.options.paths, one.current, one.instance));
      const problem = await engine.host.flush({ ids: chosen.map((one) => one.key), files }).then(() => null, errorMessage);
      for (const instance of chosen) if (problem === null) instance.lostLog = { bytes: 0, lines: 0 };
      return outcomes(engine, chosen.map((one) => (problem === null ? deed(one, 'flushed') : deed(one, 'failed', problem))));
    },
    async reset({ selectors }) {
      const chosen = select(engine.list.instances(), selectors);
      for (const instance of chosen) instance.reset();
      await engine.store.save();
      return outcomes(engine, chosen.map((one) => deed(one, 'reset')));
    },
    async signal({ selectors, signal }) {
      const chosen = select(engine.list.instances(), selectors);
      const deeds = chosen.map((one) => {
        if (one.pid === null) return deed(one, 'failed', `it is ${one.life.state}, there is no process to signal`);
        engine.host.send({ type: 'signal', id: one.hostId, run: one.run, signal, scope: 'process' });
        return deed(one, 'signalled', signal);
      });
      return outcomes(engine, deeds);
    },
  };
}
