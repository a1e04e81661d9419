// Moves one process from the old shim to the new one: a cluster by new instances beside the old ones, everything else by a restart.
import type { CommandContext } from '../../../shared/contract/commands.ts';
import type { Outcome } from '../../../shared/contract/outcomes.ts';
import type { ClusterPlan } from '../../../shared/model/balancing.ts';
import { errorMessage } from '../../../shared/model/failure.ts';
import { clusterPlan } from '../cluster/plan.ts';
import { retire } from '../cluster/retire.ts';
import { dismiss, raiseSuccessor, takeOver } from '../cluster/successor.ts';
import { deed, outcome, outcomes } from '../commands/outcomes.ts';
import { downJudge, settle, upJudge, type Judge } from '../commands/settle.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import type { ManagedProcess } from '../registry/process-list.ts';
import type { Succession } from './succession.ts';

/** Gives what became of each instance that had a child in the old shim. */
export async function moveProcess(engine: Engine, succession: Succession, managed: ManagedProcess, context: CommandContext): Promise<readonly Outcome[]> {
  const behind = (): readonly Instance[] => managed.instances.filter((one) => succession.isBehind(one));
  // What was adopted a moment ago is being watched still, and looks as if it were starting.
  await settle(engine, behind(), hasSettled, context);
  const plan = clusterPlan(managed.spec);
  if (plan !== null && (behind().length > 0 || succession.listensBehind(plan.name))) {
    return succession.canHandOver(plan) ? moveCluster(engine, succession, plan, behind()) : restartCluster(engine, succession, plan, behind(), context);
  }
  await succession.move(managed.spec.name, null);
  return restartEach(engine, behind(), context);
}

const hasSettled: Judge = ({ life }) => (life.state === 'starting' || life.state === 'stopping' ? null : { ok: true, message: '' });

/** All new instances first: the socket changes hands in one moment, and capacity never falls. */
async function moveCluster(engine: Engine, succession: Succession, plan: ClusterPlan, behind: readonly Instance[]): Promise<readonly Outcome[]> {
  await succession.move(plan.name, plan);
  const raised = await Promise.all(behind.map((one) => raiseSuccessor(engine, one, engine.inherited.get(one) ?? '')));
  const successors = raised.flatMap((one) => (one.ok ? [one.successor] : []));
  for (const successor of successors) engine.clusters.admit(successor);
  const reason = raised.flatMap((one) => (one.ok ? [] : [one.reason]))[0] ?? (await handOver(succession, plan));
  if (reason !== null) {
    succession.moveBack(plan);
    await Promise.all(successors.map((one) => dismiss(engine, one)));
    return outcomes(engine, behind.map((one) => deed(one, 'failed', `${reason}; it stays where it is`)));
  }
  behind.forEach((one, index) => {
    const successor = successors[index];
    if (successor !== undefined) takeOver(engine, one, successor);
  });
  await engine.store.save().catch((error: unknown) => engine.notice(errorMessage(error)));
  await Promise.all(behind.map((one) => retire(engine, one)));
  const remark = succession.closesPorts ? 'its port was closed for about a millisecond, because the old data plane cannot hand over a socket' : '';
  return outcomes(engine, successors.map((one) => deed(one, 'reloaded', remark)));
}

async function handOver(succession: Succession, plan: ClusterPlan): Promise<string | null> {
  return succession.handOver(plan).then(() => null, errorMessage);
}

/** Its socket cannot change hands: it is closed for as long as the instances are down. */
async function restartCluster(engine: Engine, succession: Succession, plan: ClusterPlan, behind: readonly Instance[], context: CommandContext): Promise<readonly Outcome[]> {
  for (const one of behind) one.dispatch({ type: 'stop' });
  await settle(engine, behind, (one) => (one.child === null ? { ok: true, message: '' } : null), context);
  await engine.clusters.giveUp(plan.name);
  await succession.move(plan.name, null);
  const wanted = behind.filter((one) => one.desired === 'up');
  const judge = upJudge(engine, wanted);
  for (const one of wanted) one.dispatch({ type: 'start' });
  const verdicts = await settle(engine, wanted, judge, context);
  return outcomes(engine, wanted.map((one) => deed(one, 'restarted', `its port was closed meanwhile: the old data plane cannot hand over a socket of the mode ${plan.mode}`)), verdicts);
}

/** The next one when the one before has arrived. */
async function restartEach(engine: Engine, behind: readonly Instance[], context: CommandContext): Promise<readonly Outcome[]> {
  const results: Outcome[] = [];
  for (const one of behind) {
    const isWanted = one.desired === 'up';
    const judge = isWanted ? upJudge(engine, [one]) : downJudge(engine);
    one.dispatch({ type: isWanted ? 'restart' : 'stop' });
    const verdict = (await settle(engine, [one], judge, context)).get(one);
    if (isWanted) results.push(await outcome(engine, deed(one, 'restarted'), verdict));
  }
  return results;
}
