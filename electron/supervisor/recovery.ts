// A new supervisor finds the truth: what shall run is on disk, what does run is known to the shim.
import type { ProcessSpec } from '../../shared/contract/spec.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import { describeExit } from '../../shared/model/process-state.ts';
import { parseHostId, type ShimChild } from '../../shared/model/shim-protocol.ts';
import { retire } from './cluster/retire.ts';
import type { Engine } from './engine.ts';
import type { Concerns } from './host/process-host.ts';
import type { Child, Past } from './lifecycle/child.ts';
import type { Instance } from './lifecycle/instance.ts';
import { recoverInstance } from './recovered.ts';
import { EnvironmentPool } from './registry/environment.ts';
import { maxNotices, parseHistory, type Status, type StoredProcess } from './state/status-file.ts';

/** As long as the default of killTimeout. */
const disownedKillMs = 5000;
/** More than a welcome takes. */
const clockSlackMs = 2000;

/** Makes the list from the state file; nothing is started yet. Gives what could not be restored, in words. */
export function restoreList(engine: Engine, status: Status): readonly string[] {
  const environments = new EnvironmentPool(status.environments);
  const known = (hash: string): string => (environments.has(hash) ? hash : environments.add({}));
  engine.environments = environments;
  const { version: _version, nextId, environments: _environments, processes, notices = [], namedUntil: _namedUntil, ...kept } = status;
  engine.kept = kept;
  engine.nextId = nextId;
  engine.notices.push(...notices.slice(-maxNotices));
  engine.isRestored = true;
  const problems: string[] = [];
  for (const one of processes) {
    try {
      restoreProcess(engine, one, known);
    } catch (error) {
      // Whatever it is: one entry that is wrong in a way nobody has thought of costs that entry.
      for (const instance of engine.everyInstance()) if (instance.spec.name === one.spec.name) engine.removeInstance(instance);
      problems.push(`${one.spec.name} could not be restored from the state file: ${errorMessage(error)}`);
    }
  }
  return problems;
}

function restoreProcess(engine: Engine, { spec, scaled, recovered = false, instances, ...kept }: StoredProcess, known: (hash: string) => string): void {
  const restored = instances.map(({ id, instance, seat, desired, run, restarts, environment, settled, applied, history, ...ofInstance }) => {
    const seed = { id, desired, run, restarts, life: settled ?? { state: 'stopped' }, seat: seat ?? 0, kept: ofInstance, ...pastOf(history) } as const;
    const one = engine.createInstance(spec, instance, seed, known(environment));
    one.applied = applied ?? spec;
    return one;
  });
  engine.list.set(spec.name, { spec, scaled: scaled ?? null, recovered, kept, instances: restored });
}

function pastOf(history: unknown): { readonly past?: Past } {
  const past = parseHistory(history);
  return past === null ? {} : { past };
}

export interface Found {
  readonly children: readonly ShimChild[];
  /** Those that are open. */
  readonly clusters: readonly string[];
  readonly concerns: Concerns;
}

/**
 * A data plane is there, for the first time or again: takes over the children that live, hears of the exits that nobody saw, ends what
 * should not run, starts what should. A child that the list does not name, and could not have known, is kept.
 */
export function reconcile(engine: Engine, { children, clusters, concerns }: Found): void {
  const held = new Set<Instance>();
  for (const child of children) {
    const instance = engine.find(child.id) ?? (couldName(engine, child) ? undefined : recoverInstance(engine, child));
    if (instance === undefined) {
      if (!finishReload(engine, child)) disown(engine, child);
    } else if (isDealtWith(instance, child, children)) {
      engine.host.send({ type: 'acknowledge', id: child.id, run: child.run });
    } else {
      held.add(takeOver(engine, instance, child));
    }
  }
  for (const name of clusters) {
    engine.clusters.found(name);
    if (engine.list.get(name) === undefined) engine.closeUnwanted(name);
  }
  for (const { spec, instances } of engine.list.processes()) {
    if (instances.some((one) => one.desired === 'up' && one.life.state !== 'exited')) openCluster(engine, spec);
    engine.closeUnwanted(spec.name);
  }
  for (const instance of engine.everyInstance()) {
    if (held.has(instance) || !concerns(instance.hostId, instance.run)) continue;
    if (instance.life.state === 'lost') instance.missed();
    else if (instance.life.state === 'stopped' && instance.desired === 'up') instance.resume();
  }
}

/**
 * False when the child may be younger than the list: a full disk took no newer one. To forget it is bearable, to end it is not; so where the
 * wall clock has been set meanwhile, as far as that can be seen, nothing is concluded from it.
 */
export function couldName({ namedUntil, options: { clock } }: Pick<Engine, 'namedUntil' | 'options'>, { startedAt, ranForMs, exit }: ShimChild): boolean {
  if (namedUntil === null) return true;
  const now = clock.now();
  const wasClockSet = namedUntil > now || (exit === null && ranForMs !== undefined && Math.abs(now - ranForMs - startedAt) > clockSlackMs);
  return !wasClockSet && startedAt < namedUntil;
}

function openCluster(engine: Engine, spec: ProcessSpec): void {
  engine.clusters.ensure(spec).then(
    (problem) => problem === null || engine.notice(`${spec.name}: ${problem}`),
    (error: unknown) => engine.notice(`${spec.name}: ${errorMessage(error)}`),
  );
}

/** An exit that was judged already, and only its acknowledgement was lost; or one of a run that has a successor. */
function isDealtWith(instance: Instance, child: ShimChild, children: readonly ShimChild[]): boolean {
  if (child.exit === null) return false;
  const isOlder = children.some((other) => other.id === child.id && other.run > child.run);
  return isOlder || (instance.run >= child.run && instance.life.state !== 'lost' && instance.life.state !== 'stopped');
}

function takeOver(engine: Engine, instance: Instance, child: ShimChild): Instance {
  const { run, announced } = child;
  instance.adopt(adoptedChild(engine, child), announced, instance.applied ?? instance.spec);
  if (child.exit !== null) {
    const { at, ...exit } = child.exit;
    if (instance.desired === 'up') engine.notice(`${instance.key} ${describeExit(exit)} while no supervisor was there`);
    instance.endedUnseen(run, exit, at);
  } else if (instance.desired === 'down') {
    instance.dispatch({ type: 'stop' });
  }
  return instance;
}

/** Its age is the shim's measurement; an old shim only tells when it began, by a clock that may have been set since. */
function adoptedChild(engine: Engine, { run, pid, startTime, startedAt, ranForMs, member, exit }: ShimChild): Child {
  const { clock } = engine.options;
  const age = ranForMs ?? Math.max(0, (exit?.at ?? clock.now()) - startedAt);
  return { run, pid, startTime, startedAt, since: clock.elapsed() - age, ownPort: member?.port ?? 0 };
}

/**
 * A supervisor died over a reload: an instance has two children, and the list knows one of them. The other has a part of the traffic still,
 * or is not ready yet; either way it may finish what it has.
 */
function finishReload(engine: Engine, child: ShimChild): boolean {
  const place = parseHostId(child.id);
  const managed = place === null ? undefined : engine.list.get(place.name);
  if (place === null || managed === undefined || child.exit !== null || place.instance >= managed.spec.instances) return false;
  const seated = managed.instances.find((one) => one.instance === place.instance);
  if (seated === undefined) return false;
  const seed = { id: seated.id, desired: 'down', run: child.run, restarts: 0, life: { state: 'stopped' }, seat: place.seat } as const;
  const left = engine.createInstance(managed.spec, place.instance, seed, engine.inherited.get(seated) ?? '');
  const { pid, announced } = child;
  left.adopt(adoptedChild(engine, child), announced, managed.spec);
  engine.notice(`${left.key} has two children, because a reload was cut short: the one with pid ${pid} leaves`);
  retire(engine, left).catch((error: unknown) => engine.notice(`${left.key}: ${errorMessage(error)}`));
  return true;
}

/** A child of a process that was deleted, or whose state file was lost. It is asked to end, and killed if it does not. */
function disown(engine: Engine, { id, run, exit, pid }: ShimChild): void {
  if (exit !== null) {
    engine.host.send({ type: 'acknowledge', id, run });
    return;
  }
  engine.notice(`${id} (pid ${pid}) runs, but is not in the list any more: it is ended`);
  engine.host.send({ type: 'signal', id, run, signal: 'SIGTERM', scope: 'group' });
  engine.options.clock.after(disownedKillMs, () => engine.host.send({ type: 'signal', id, run, signal: 'SIGKILL', scope: 'group' }));
}
