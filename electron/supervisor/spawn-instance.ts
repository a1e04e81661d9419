// The order to spawn, and what has to be made sure before it leaves: that nobody else has the port.
import { errorMessage } from '../../shared/model/failure.ts';
import { portHolder } from '../platform/port-holder.ts';
import { preloadTask } from './cluster/preload.ts';
import { changesSocket, clusterPlan, hasOwnPort, hasPreload, publicPort } from './cluster/plan.ts';
import type { Engine } from './engine.ts';
import type { Instance } from './lifecycle/instance.ts';
import { definitionLost } from './recovered.ts';
import { portAccepts } from './lifecycle/readiness.ts';
import { childEnvironment } from './registry/environment.ts';
import { logTarget, pidFilePath } from './registry/instance-files.ts';

/** Beyond the time that the holders have to end. */
const socketPatienceMs = 2000;

/** A failure on the way is the end of this run, with the reason. */
export function spawnInstance(engine: Engine, instance: Instance, run: number): void {
  if (engine.list.get(instance.spec.name)?.recovered === true) {
    queueMicrotask(() => goesOn(engine, instance, run, `${definitionLost}: bring it back with tspm start <its config>`));
    return;
  }
  const port = publicPort(instance.spec, instance.instance);
  if (!goesOn(engine, instance, run, null)) return;
  if (port === null) order(engine, instance, run, null);
  else {
    const begun = clusterPlan(instance.spec) === null ? onFreePort(engine, instance, run, port) : inCluster(engine, instance, run);
    begun.catch((error: unknown) => void goesOn(engine, instance, run, errorMessage(error)));
  }
}

/** Whoever listens there already would answer in the service's place, and be taken for it. */
async function onFreePort(engine: Engine, instance: Instance, run: number, port: number): Promise<void> {
  // It was a cluster until now, and its port is the data plane's.
  await engine.clusters.giveUp(instance.spec.name);
  const taken = await portAccepts(port);
  const holder = taken ? await portHolder(port) : null;
  const problem = taken ? `port ${port} is in use already${holder === null ? '' : ` by ${holder}`}` : null;
  if (goesOn(engine, instance, run, problem)) order(engine, instance, run, port);
}

/** TSPM listens on the public port; the instance gets one of its own. */
async function inCluster(engine: Engine, instance: Instance, run: number): Promise<void> {
  const { spec } = instance;
  const plan = clusterPlan(spec);
  await socketGivenUp(engine, instance);
  const problem = await engine.clusters.ensure(spec);
  let ownPort = 0;
  if (problem === null && plan !== null && hasOwnPort(plan)) ownPort = await engine.ownPorts.take(portsInUse(engine));
  if (!goesOn(engine, instance, run, problem)) {
    // It may have been stopped while its port was being opened.
    engine.closeUnwanted(spec.name);
    return;
  }
  instance.assignPort(run, ownPort);
  order(engine, instance, run, ownPort === 0 ? (plan?.port ?? null) : ownPort);
}

/** Others of the cluster hold the listening socket still, and are about to end; after a while it is tried all the same. */
function socketGivenUp(engine: Engine, { spec }: Instance): Promise<void> {
  const isHeld = () => engine.everyInstance().some((one) => one.spec.name === spec.name && one.pid !== null && changesSocket(one.current, spec));
  if (!isHeld()) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      stopListening();
      timer.cancel();
      resolve();
    };
    const timer = engine.options.clock.after(spec.killTimeoutMs + socketPatienceMs, finish);
    const stopListening = engine.onChange(() => {
      if (!isHeld()) finish();
    });
  });
}

/** False when this run is over: another one began meanwhile, it was stopped, or there is a problem. */
function goesOn(engine: Engine, instance: Instance, run: number, problem: string | null): boolean {
  if (instance.child?.run !== run) return false;
  const away = engine.host.awayFor(instance.spec.name);
  if (away !== null) {
    instance.lose(away.reason);
    return false;
  }
  const reason = problem ?? (instance.life.state === 'starting' ? null : 'it was stopped before it was started');
  if (reason === null) return true;
  instance.ended(run, { code: null, signal: null }, engine.options.clock.now(), reason);
  return false;
}

function order(engine: Engine, instance: Instance, run: number, port: number | null): void {
  const { spec, instance: number } = instance;
  const { paths, preload } = engine.options;
  const plan = clusterPlan(spec);
  const ownPort = instance.child?.ownPort ?? 0;
  const task = hasPreload(spec) && plan !== null ? preloadTask(plan, ownPort) : null;
  engine.host.send({
    type: 'spawn',
    id: instance.hostId,
    run,
    command: spec.command,
    args: task === null ? spec.args : ['--require', preload, ...spec.args],
    cwd: spec.cwd,
    env: { ...childEnvironment(engine.environmentOf(instance), spec, number, port), ...task },
    logs: logTarget(paths, spec, number),
    pidFile: pidFilePath(paths, spec, number),
    member: plan === null ? null : { cluster: plan.name, instance: number, mode: plan.mode, port: ownPort },
    channel: task !== null || spec.waitReady,
    stop: { signal: spec.killSignal, timeoutMs: spec.killTimeoutMs },
  });
}

function portsInUse(engine: Engine): ReadonlySet<number> {
  const own = engine.everyInstance().flatMap(({ child }) => (child === null ? [] : [child.ownPort]));
  const declared = engine.list.processes().flatMap(({ spec }) => (spec.port === null ? [] : [spec.port]));
  return new Set([...own, ...declared]);
}
