// What instances need from the world around them, provided by the engine.
import { processActivity } from '../platform/process-activity.ts';
import { clusterPlan, hasOwnPort, hasPreload, publicPort } from './cluster/plan.ts';
import type { Engine } from './engine.ts';
import type { Instance, InstancePorts } from './lifecycle/instance.ts';
import { whenGroupGone } from './lifecycle/process-group.ts';
import { watchPort, watchUptime, watchWord } from './lifecycle/readiness.ts';
import { exitedEvent } from './events/exited-event.ts';
import { spawnInstance } from './spawn-instance.ts';

export function createInstancePorts(engine: Engine): InstancePorts {
  return {
    clock: engine.options.clock,
    random: () => engine.options.random(),
    dependenciesReady: (instance) => {
      const ready = engine.dependencyState(instance.spec).state === 'satisfied';
      if (!ready) engine.hold(instance);
      return ready;
    },
    spawn: (instance, run) => spawnInstance(engine, instance, run),
    terminate: (instance, run, signal) => {
      engine.clusters.withdraw(instance);
      engine.host.send({ type: 'signal', id: instance.hostId, run, signal, scope: 'group' });
    },
    groupGone: (pid, mayWait, killTimeoutMs, done) => whenGroupGone(engine.options.clock, pid, mayWait, killTimeoutMs, done),
    watchReadiness: (instance, ready, failed) => watchReadiness(engine, instance, ready, failed),
    acknowledge: (instance, run) => engine.host.send({ type: 'acknowledge', id: instance.hostId, run }),
    exited: (instance, exited) => {
      if (engine.isSeated(instance)) engine.events.tell(exitedEvent(instance, exited));
    },
    changed: (instance, before) => {
      const { state } = instance.life;
      if (state === 'errored' && before !== 'errored') engine.notice(`${instance.key}: ${instance.life.reason}`);
      if (before !== state && [before, state].some((one) => one === 'exited' || one === 'errored')) engine.saveSoon();
      else if (before !== state) engine.saveLater();
      if (state === 'online' && before !== 'online' && engine.isSeated(instance)) engine.clusters.admit(instance);
      if (instance.child === null) engine.clusters.drained(instance.hostId, instance.run, 0);
      if (instance.child === null && before !== state) engine.closeUnwanted(instance.spec.name);
      engine.announce(instance);
    },
  };
}

/** The program's own word where it can give one, its port where it has one, and otherwise the time that it lives. */
function watchReadiness(engine: Engine, instance: Instance, ready: () => void, failed: () => void) {
  const { clock } = engine.options;
  const { current: spec, child } = instance;
  const plan = clusterPlan(spec);
  const word = (said: () => boolean) => watchWord(clock, spec.readyTimeoutMs, (look) => instance.whenAnnounced(look), said, ready, failed);
  if (spec.waitReady) return word(() => instance.announced.ready);
  if (hasPreload(spec)) return word(() => instance.announced.listening);
  const port = plan === null ? publicPort(spec, instance.instance) : hasOwnPort(plan) ? (child?.ownPort ?? 0) : null;
  if (port !== null) return watchPort(clock, port, spec.readyTimeoutMs, ready, failed);
  const look = async () => (instance.pid === null ? null : processActivity(instance.pid));
  return watchUptime(clock, child?.since ?? clock.elapsed(), spec.minUptimeMs, look, ready);
}
