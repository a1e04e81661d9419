// `start <selector>`: brings up processes that are known already, and what they depend on.
import type { CommandHandlers } from '../../../shared/contract/commands.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { callerEnvironment } from '../registry/caller-environment.ts';
import { withDependencies } from '../registry/dependencies.ts';
import { select } from '../registry/selectors.ts';
import { refreshSpecs } from '../registry/refresh-specs.ts';
import { removeInstances } from './bring-down.ts';
import { bringUp } from './bring-up.ts';
import { deed } from './outcomes.ts';

export function resumeCommand(engine: Engine): CommandHandlers['resume'] {
  return async ({ selectors, environment, wait }, context) => {
    const chosen = select(engine.list.instances(), selectors);
    const all = [...chosen, ...missingDependencies(engine, chosen)];
    const idle = all.filter((one) => ['stopped', 'exited', 'errored', 'backoff', 'stopping'].includes(one.life.state));
    const caller = callerEnvironment(engine, environment);
    const fresh = await refreshSpecs(engine, wholeProcesses(engine, idle), caller);
    const applied = fresh.apply();
    const removed = applied.flatMap((one) => one.removed);
    const added = applied.flatMap((one) => one.added);
    const wanted = [...all.filter((one) => !removed.includes(one)), ...added];
    const starting = wanted.filter((one) => idle.includes(one) || added.includes(one));
    for (const instance of starting) caller.give(instance);
    for (const instance of wanted) instance.desired = 'up';
    await removeInstances(engine, removed, context);
    const deeds = wanted.map((one) => deed(one, starting.includes(one) ? 'started' : 'unchanged', fresh.remark(one.spec.name)));
    const act = (): void => {
      for (const instance of starting) if (instance.desired === 'up') instance.dispatch({ type: 'start' });
    };
    return bringUp(engine, deeds, act, wait, context);
  };
}

/** Only a process of which nothing runs takes a new definition; the others keep theirs until they are restarted. */
function wholeProcesses(engine: Engine, idle: readonly Instance[]): readonly string[] {
  const names = new Set(idle.map((one) => one.spec.name));
  return [...names].filter((name) => engine.list.get(name)?.instances.every((one) => one.child === null) === true);
}

/** A finished one-shot job has done its part; whatever else is down is needed. */
function missingDependencies(engine: Engine, chosen: readonly Instance[]): readonly Instance[] {
  const own = new Set(chosen.map((one) => one.spec.name));
  const names = withDependencies([...own], (name) => engine.list.get(name)?.spec);
  return names
    .filter((name) => !own.has(name))
    .flatMap((name) => engine.list.get(name)?.instances ?? [])
    .filter((one) => ['stopped', 'errored'].includes(one.life.state));
}
