// `scale`: another number of instances for one process, now and until the config names another one.
import { availableParallelism } from 'node:os';
import type { CommandHandlers, CommandInput } from '../../../shared/contract/commands.ts';
import { maxInstances } from '../../../shared/model/limits.ts';
import { Failure } from '../../../shared/model/failure.ts';
import type { Engine } from '../engine.ts';
import { applySpec } from '../registry/apply-spec.ts';
import { select } from '../registry/selectors.ts';
import { removeInstances } from './bring-down.ts';
import { bringUp } from './bring-up.ts';
import { deed, outcomes } from './outcomes.ts';

export function scaleCommand(engine: Engine): CommandHandlers['scale'] {
  return async ({ name, instances, wait }, context) => {
    const managed = engine.list.get(name);
    if (managed === undefined) {
      select(engine.list.instances(), [name]);
      throw new Failure('invalid-input', `"${name}" is not the name of one process; scale takes one by its name`);
    }
    const { scaled, spec } = managed;
    const from = scaled?.from ?? spec.instances;
    const to = wantedCount(name, spec.instances, instances);
    managed.scaled = to === from ? null : { from, to };
    const environment = engine.inherited.get(managed.instances[0] ?? missing(name)) ?? '';
    const up = managed.instances.some((one) => one.desired === 'up');
    const { kept, added, removed } = applySpec(engine, { ...spec, instances: from }, environment);
    // One that is about to leave cannot take traffic again: the next run of it can.
    const back = kept.map((one) => one.instance).filter((one) => one.draining);
    if (up) for (const instance of [...added, ...back]) instance.desired = 'up';
    const deeds = [
      ...kept.map(({ instance }) => deed(instance, back.includes(instance) ? 'started' : 'unchanged')),
      ...added.map((instance) => (up ? deed(instance, 'started') : deed(instance, 'unchanged', 'added; the process is stopped'))),
    ];
    const act = (): void => {
      if (!up) return;
      for (const instance of added) instance.dispatch({ type: 'start' });
      for (const instance of back) instance.dispatch({ type: 'restart' });
    };
    const results = await bringUp(engine, deeds, act, wait && added.length + back.length > 0, context);
    const gone = removed.map((instance) => ({ instance, before: deed(instance, 'deleted') }));
    const cuts = await removeInstances(engine, removed, context);
    const ended = await outcomes(engine, gone.map(({ instance, before }) => ({ ...before, message: cutWords(cuts.get(instance) ?? 0) })));
    if (removed.length > 0) await engine.store.save();
    return [...results, ...ended];
  };
}

/** Throws a Failure `invalid-input`; nothing has changed then. */
function wantedCount(name: string, now: number, wish: CommandInput<'scale'>['instances']): number {
  const count = wish === 'max' ? Math.min(maxInstances, availableParallelism()) : 'to' in wish ? wish.to : now + wish.by;
  if (count >= 1 && count <= maxInstances) return count;
  const what = `${name} has ${now} ${now === 1 ? 'instance' : 'instances'} and would have ${count}`;
  throw new Failure('invalid-input', count < 1 ? `${what}; at least 1 is needed (tspm stop ${name} stops it)` : `${what}; at most ${maxInstances} are possible`);
}

function cutWords(cut: number): string {
  return cut === 0 ? '' : `${cut} ${cut === 1 ? 'connection was' : 'connections were'} cut when the drain timeout was over`;
}

function missing(name: string): never {
  throw new Failure('internal', `${name} has no instance`);
}
