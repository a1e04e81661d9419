// `reload`: no request is lost. In a cluster a successor is started beside each instance; without one the instances are restarted one
// after the other. Stops at the first that fails.
import type { CommandContext, CommandHandlers } from '../../../shared/contract/commands.ts';
import type { Outcome } from '../../../shared/contract/outcomes.ts';
import { Failure } from '../../../shared/model/failure.ts';
import { ReloadQueue } from '../cluster/reload-queue.ts';
import { checkReloadable, reloadProcess, type ReloadRequest } from '../cluster/rolling-reload.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { callerEnvironment } from '../registry/caller-environment.ts';
import { refreshSpecs } from '../registry/refresh-specs.ts';
import { select } from '../registry/selectors.ts';
import { downLevels } from './bring-down.ts';
import { deed, outcomes } from './outcomes.ts';

export function reloadCommand(engine: Engine): CommandHandlers['reload'] {
  const queue = new ReloadQueue<ReloadRequest, readonly Outcome[]>((earlier, later) => ({
    ...later,
    instances: [...new Set([...earlier.instances, ...later.instances])],
  }));
  return async ({ selectors, environment }, context) => {
    const chosen = select(engine.list.instances(), selectors);
    const groups = byProcess(engine, chosen);
    // A mistake in any of the configs is found before anything is touched.
    const caller = callerEnvironment(engine, environment);
    const { specs } = await refreshSpecs(engine, [...groups.keys()], caller);
    checkReloadable(engine, specs);
    await engine.clusters.check(specs);
    const work = async (): Promise<readonly Outcome[]> => {
      const results: Outcome[] = [];
      for (const [name, instances] of groups) {
        const failed = results.find((one) => one.action === 'failed');
        if (failed === undefined) {
          const request = { instances: instances.map((one) => one.instance), caller, progress: context.progress };
          results.push(...(await queue.run(name, request, (joined) => engine.turns.take(name, () => reloadProcess(engine, name, joined)))));
        } else {
          results.push(...(await outcomes(engine, instances.map((one) => deed(one, 'unchanged', `left as it was, because ${failed.name}:${failed.instance} failed`)))));
        }
      }
      return results;
    };
    return orGone(work(), context);
  };
}

/** What others depend on goes first, so that they come up against the new one. */
function byProcess(engine: Engine, chosen: readonly Instance[]): ReadonlyMap<string, readonly Instance[]> {
  const groups = new Map<string, Instance[]>();
  for (const instance of downLevels(engine, chosen).toReversed().flat()) groups.set(instance.spec.name, [...(groups.get(instance.spec.name) ?? []), instance]);
  return groups;
}

/** The work goes on when the caller has gone away. */
function orGone(work: Promise<readonly Outcome[]>, { signal }: Pick<CommandContext, 'signal'>): Promise<readonly Outcome[]> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Failure('failed', 'the caller has gone away'));
    signal.addEventListener('abort', gone, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', gone));
  });
}
