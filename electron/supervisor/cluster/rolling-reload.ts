// Reloads one process, instance by instance: the next one when the one before has been replaced. What is replaced drains meanwhile.
import type { CommandContext } from '../../../shared/contract/commands.ts';
import type { Outcome } from '../../../shared/contract/outcomes.ts';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import { formatDuration } from '../../../shared/model/duration.ts';
import { Failure } from '../../../shared/model/failure.ts';
import type { CallerEnvironment } from '../registry/caller-environment.ts';
import { deed, outcome, overtaken, type Deed } from '../commands/outcomes.ts';
import { prepareRestart } from '../commands/restart.ts';
import { settle, upJudge } from '../commands/settle.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { changesSocket, clusterPlan } from './plan.ts';
import { retire } from './retire.ts';
import { raiseSuccessor, takeOver } from './successor.ts';

export interface ReloadRequest {
  /** Numbers of the instances. */
  readonly instances: readonly number[];
  readonly caller: CallerEnvironment;
  readonly progress: CommandContext['progress'];
}

/** Throws a Failure when one of the definitions cannot be reached without a pause. Nothing has changed then. */
export function checkReloadable(engine: Engine, specs: readonly ProcessSpec[]): void {
  for (const spec of specs) {
    const instances = engine.list.get(spec.name)?.instances ?? [];
    if (!instances.some((one) => one.child !== null && changesSocket(one.current, spec))) continue;
    throw new Failure('failed', `${spec.name}: balancer.mode changes to or from shared, which cannot be done without a pause: use restart. Nothing was changed.`);
  }
}

interface Replaced {
  readonly done: Deed;
  /** null when it was replaced; otherwise why not. */
  readonly failure: string | null;
  /** Connections that were cut, when the instance before it has gone. */
  readonly cut: Promise<number>;
}

/** Throws a Failure when nothing could be begun. Once begun it goes on to the end, whether somebody waits for it or not. */
export async function reloadProcess(engine: Engine, name: string, { instances, caller, progress }: ReloadRequest): Promise<readonly Outcome[]> {
  const context: CommandContext = { progress, signal: new AbortController().signal };
  const chosen = (engine.list.get(name)?.instances ?? []).filter((one) => instances.includes(one.instance));
  if (chosen.length === 0) throw new Failure('nothing-matched', `${name} is not in the list any more`);
  const { deeds, want } = await prepareRestart(engine, chosen.map((one) => `${name}:${one.instance}`), caller, 'reloaded', context);
  const results: Replaced[] = [];
  for (const one of deeds) {
    const failed = results.find(({ failure }) => failure !== null);
    if (failed !== undefined) {
      results.push({ done: deed(one.instance, 'unchanged', `left as it was, because ${failed.done.instance.key} failed`), failure: null, cut: Promise.resolve(0) });
      continue;
    }
    if (!(await wantedStill(engine, one.instance, want))) {
      results.push({ done: overtaken(one.instance), failure: null, cut: Promise.resolve(0) });
      continue;
    }
    results.push(await (standsBeside(one.instance) ? replace(engine, one) : restartInPlace(engine, one, context)));
    progress({ done: results.length, total: deeds.length, name, instance: one.instance.instance, state: 'online' });
  }
  return Promise.all(results.map((one) => report(engine, one)));
}

/** Writes the wish down. False when a newer command wants otherwise: before, and while it was being written. */
async function wantedStill(engine: Engine, instance: Instance, want: (instance: Instance) => boolean): Promise<boolean> {
  const isThere = (): boolean => engine.isSeated(instance) && !instance.draining;
  if (!isThere() || !want(instance)) return false;
  await engine.store.save();
  return isThere() && instance.desired === 'up';
}

/** There is a child to stand beside, and a balancer that can give its traffic to another. */
function standsBeside(instance: Instance): boolean {
  return instance.life.state === 'online' && clusterPlan(instance.spec) !== null && clusterPlan(instance.current) !== null;
}

async function replace(engine: Engine, done: Deed): Promise<Replaced> {
  const { instance } = done;
  const proof = await raiseSuccessor(engine, instance, engine.inherited.get(instance) ?? '');
  if (!proof.ok) return { done, failure: proof.reason, cut: Promise.resolve(0) };
  takeOver(engine, instance, proof.successor);
  await engine.store.save().catch((error: unknown) => engine.notice(String(error)));
  return { done: { ...done, instance: proof.successor }, failure: null, cut: retire(engine, instance) };
}

async function restartInPlace(engine: Engine, done: Deed, context: CommandContext): Promise<Replaced> {
  const { instance } = done;
  const judge = upJudge(engine, [instance]);
  instance.dispatch({ type: 'restart' });
  const verdict = (await settle(engine, [instance], judge, context)).get(instance);
  return { done, failure: verdict?.ok === false ? verdict.message : null, cut: Promise.resolve(0) };
}

async function report(engine: Engine, { done, failure, cut }: Replaced): Promise<Outcome> {
  const count = await cut;
  const words = count === 0 ? '' : `${count} ${count === 1 ? 'connection was' : 'connections were'} cut when the drain timeout of ${formatDuration(done.instance.spec.drainTimeoutMs)} was over`;
  const message = [done.message, words].filter((part) => part !== '').join('; ');
  return outcome(engine, { ...done, message }, failure === null ? undefined : { ok: false, message: failure });
}
