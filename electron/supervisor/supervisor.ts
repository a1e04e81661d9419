// The façade: one supervisor over one home. It owns the engine and gives the handlers of the contract.
import type { Clock } from '../../shared/model/clock.ts';
import { systemClock } from '../../shared/model/clock.ts';
import { errorMessage, Failure } from '../../shared/model/failure.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import type { SupervisorHandlers } from '../../shared/contract/commands.ts';
import type { OwnerKind } from '../../shared/contract/reports.ts';
import type { TopicHandlers } from '../../shared/contract/topics.ts';
import { starterOf } from '../platform/starter.ts';
import { clustersCommand } from './commands/clusters.ts';
import { inspectCommands, statusReport } from './commands/inspect.ts';
import { metricsHistoryCommand } from './commands/metrics-history.ts';
import { nudgeCommands } from './commands/nudge.ts';
import { reloadCommand } from './commands/reload.ts';
import { restartCommand } from './commands/restart.ts';
import { resumeCommand } from './commands/resume.ts';
import { scaleCommand } from './commands/scale.ts';
import { startCommand } from './commands/start.ts';
import { deleteCommand, killCommand, stopCommand } from './commands/take-down.ts';
import { createUsageFeed } from './cluster/usage-feed.ts';
import { Engine } from './engine.ts';
import { createInstancePorts } from './instance-ports.ts';
import type { Instance } from './lifecycle/instance.ts';
import { MetricsHistory } from './metrics/history.ts';
import { createSampler } from './metrics/sampler.ts';
import { reportUsage } from './metrics/usage-report.ts';
import { restoreList } from './recovery.ts';
import { planeAttached } from './plane-attached.ts';
import { refuseRecovered } from './recovered.ts';
import { snapshot } from './registry/snapshot.ts';
import { recoverStatus } from './state/read-status.ts';
import { createStoppableClock } from './stoppable-clock.ts';
import { clustersTopic } from './topics/clusters.ts';
import { logsTopic } from './topics/logs.ts';
import { upgradeCommand } from './upgrade/command.ts';
import { DataPlanes, type DataPlanesOptions } from './upgrade/data-planes.ts';
import { createSuccession } from './upgrade/shim-succession.ts';

/** A shim usually welcomes within 200 ms. */
const openTimeoutMs = 3000;

export interface SupervisorOptions {
  readonly paths: HomePaths;
  readonly kind: OwnerKind;
  /** Arguments after the runtime that start a shim. */
  readonly shimCommand: readonly string[];
  /** The file that Node programs of a cluster are started with. */
  readonly preload: string;
  /** Of this host, for callers that have none. */
  readonly environment: () => Promise<Readonly<Record<string, string>>>;
  readonly log: (message: string) => void;
  /** Called when a user has ended TSPM; the host closes its servers and goes. */
  readonly leave: () => void;
  readonly clock?: Clock;
  readonly random?: () => number;
}

export interface Supervisor {
  readonly handlers: SupervisorHandlers;
  readonly topics: TopicHandlers;
  /** For what its host has to tell the owner. */
  readonly notice: (message: string) => void;
  /** Lets go of the shim; the services run on. With `save` the state of the moment is written first: only for the owner of the home. */
  close(save: boolean): Promise<void>;
}

/** Brings a supervisor up over its home, which the caller owns. No state file keeps it from coming up. */
export async function createSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  const clock = createStoppableClock(options.clock ?? systemClock);
  const startedAt = clock.now();
  const since = clock.elapsed();
  const saved = await recoverStatus(options.paths.status, startedAt);
  const { paths, preload, environment, log, random = Math.random } = options;
  const engine = new Engine({ paths, clock, random, log, preload, environment }, createInstancePorts);
  let isFirst = true;
  let goOnSoon = (): void => undefined;
  const planesOptions: DataPlanesOptions = {
    paths: options.paths,
    clock,
    shimCommand: options.shimCommand,
    starter: starterOf(afterDaemonFlag(options.shimCommand), process.env),
    known: () => engine.rememberedProcesses(),
    mayHaveLeftovers: () => engine.list.processes().length > 0 || !complete,
    onEvent: (event) => engine.receive(event),
    onAttached(attached, concerns) {
      planeAttached(engine, attached, concerns, { isFirst, isOnly: host.older === null });
      isFirst = false;
      goOnSoon();
    },
    onAway: (reason, concerns) => engine.losePlane(reason, concerns),
    onTrouble: (message) => engine.notice(message),
  };
  const host = new DataPlanes(planesOptions);
  const succession = createSuccession(host, planesOptions);
  engine.attach(host);
  const unrestored = restoreList(engine, saved.status);
  const complete = saved.complete && unrestored.length === 0;
  engine.namedUntil = complete ? saved.namedUntil : 0;
  for (const remark of [...saved.remarks, ...unrestored]) engine.notice(remark);
  const feed = createUsageFeed(engine);
  const history = new MetricsHistory();
  const owner = { kind: options.kind, startedAt, since };
  const sampler = createSampler({
    clock,
    pids: () => engine.knownProcesses().map((one) => one.pid),
    eager: () => feed.isWanted() || engine.events.listeners > 0,
    sampled(usage) {
      feed.send(usage);
      reportUsage(engine, history, usage);
    },
    trouble: (error) => options.log(`metrics: ${String(error)}`),
  });
  engine.onChange(() => sampler.stir());
  // A data plane that is slow, or cannot be had, keeps nobody from asking why.
  const opened = host.open();
  await Promise.race([opened, new Promise<void>((resolve) => clock.after(openTimeoutMs, resolve))]);
  if (host.away?.occupied === true) {
    // Two supervisors over one home would fight for its services: this one leaves.
    const { reason } = host.away;
    host.close();
    clock.stop();
    throw new Failure('failed', reason);
  }
  host.tellAway();
  engine.saveSoon();
  const seen = (one: Instance) => snapshot(engine, one, sampler.usage(one.pid));
  engine.events.open({
    clock,
    epoch: `${startedAt.toString(36)}${Math.floor(random() * 36 ** 6).toString(36)}`,
    look(name, id) {
      const instance = engine.list.get(name)?.instances.find((one) => one.id === id);
      return instance === undefined ? null : seen(instance);
    },
    everything: () => ({ at: clock.now(), status: statusReport(engine, owner), processes: engine.list.instances().map(seen) }),
    listened: () => sampler.stir(),
  });
  const clusters = clustersCommand(engine);
  const move = upgradeCommand(engine, succession);
  const upgrade: SupervisorHandlers['upgrade'] = async (input, context) => {
    // What has no definition cannot be started in another data plane.
    if (succession.isUnderWay || succession.isOlder || input.force === true) refuseRecovered(engine, engine.list.processes().map((one) => one.spec.name));
    return move(input, context);
  };
  goOnSoon = () => {
    // In another turn: what is attached is known to everybody then.
    if (succession.isUnderWay && succession.away === null) setImmediate(() => void goOn(engine, upgrade));
  };
  goOnSoon();

  return {
    handlers: askingFirst(() => host.verify(), {
      ...inspectCommands(engine, sampler, owner),
      ...nudgeCommands(engine),
      start: startCommand(engine),
      resume: resumeCommand(engine),
      stop: stopCommand(engine),
      restart: restartCommand(engine),
      reload: reloadCommand(engine),
      scale: scaleCommand(engine),
      clusters,
      metricsHistory: metricsHistoryCommand(engine, history),
      delete: deleteCommand(engine),
      upgrade,
      kill: killCommand(engine, options.leave),
    }),
    topics: {
      events: ({ usage }, context) => engine.events.listen(usage, context),
      logs: logsTopic(engine),
      clusters: clustersTopic(engine, clusters),
    },
    notice: (message) => engine.notice(message),
    async close(save) {
      sampler.stop();
      await engine.leave(save).catch((error: unknown) => engine.notice(errorMessage(error)));
      host.close();
    },
  };
}

/** A supervisor died over an upgrade: what it had not moved yet is moved now. */
async function goOn(engine: Engine, upgrade: SupervisorHandlers['upgrade']): Promise<void> {
  try {
    const { outcomes } = await upgrade({}, { progress: () => undefined, signal: new AbortController().signal });
    for (const one of outcomes) if (one.action === 'failed') engine.notice(`${one.name}:${one.instance} stays in the older data plane: ${one.message}`);
  } catch (error) {
    engine.notice(`the upgrade of the data plane could not go on: ${errorMessage(error)}`);
  }
}

/** Before a command relies on what is known of the data plane, it is asked whether it answers; without one, it is tried for at once. */
function askingFirst(verify: () => Promise<void>, handlers: SupervisorHandlers): SupervisorHandlers {
  const wrapped = Object.entries(handlers).map(([name, handler]) => {
    // The pairing of a name with its handler's types is lost in a list of entries, and is what it was.
    const plain = handler as (input: unknown, context: unknown) => Promise<unknown>;
    return [name, async (input: unknown, context: unknown) => {
      await verify();
      return await plain(input, context);
    }];
  });
  return Object.fromEntries(wrapped) as SupervisorHandlers;
}

/** A shim is started with the arguments that start a supervisor. */
function afterDaemonFlag(shimCommand: readonly string[]): readonly string[] {
  const index = shimCommand.indexOf('--daemon');
  return index < 0 ? [] : shimCommand.slice(index + 1);
}
