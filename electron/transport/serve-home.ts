// Hosts the engine of a home: claims it, brings a supervisor up, serves the contract on the control socket, and hands everything
// over when another host asks. The headless daemon and the desktop application both do it with this.
import type { Server } from 'node:http';
import type { CommandHandlers } from '../../shared/contract/commands.ts';
import { controlSocketOnly } from '../../shared/contract/commands.ts';
import type { OwnerKind } from '../../shared/contract/reports.ts';
import { createClient } from '../../shared/client/client.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import { errorMessage, Failure, toFailureValue } from '../../shared/model/failure.ts';
import { atMost } from '../../shared/model/at-most.ts';
import { productVersion } from '../../shared/contract/version.ts';
import { isOlderVersion } from '../../shared/model/shim-hello.ts';
import { withResolvers } from '../../shared/model/with-resolvers.ts';
import { inheritable, type Environment } from '../platform/own-environment.ts';
import { createSupervisor } from '../supervisor/index.ts';
import type { Dashboard } from './door/dashboard.ts';
import { createHttpTransport } from './http/client.ts';
import { greet } from './http/hello.ts';
import { createControlServer } from './http/server.ts';
import { createLeavingService } from './leaving-service.ts';
import { claimHome, type Ownership } from './ownership.ts';
import { engineService, withoutCommands, type Service } from './service.ts';

export interface ServeHomeOptions {
  readonly paths: HomePaths;
  readonly kind: OwnerKind;
  /** Arguments after the runtime that start a shim, with those that start a daemon when this host is lost. */
  readonly shimCommand: readonly string[];
  /** The file that Node programs of a cluster are started with. */
  readonly preload: string;
  /** Folder of the built pages. */
  readonly assets: string;
  /** What new processes inherit whose caller gives nothing: by default this program's own. Rejects when that is not all a user would expect. */
  readonly environment?: () => Promise<Environment>;
  /** Whether a live owner is asked to hand the home over: whoever it is, or only an older daemon. */
  readonly takeOver: boolean | 'older';
  readonly log: (message: string) => void;
  /** The engine is no longer ours: a user ended it, another host took it over, or the home went away. The host goes, or becomes a client. */
  readonly left: (why: 'killed' | 'handed-over' | 'lost') => void;
}

export interface HostedHome {
  /** Everything, secrets included. */
  readonly service: Service;
  /** What a page may ask. */
  readonly pageService: Service;
  /** Lets go of services and sockets. Resolves when the next host may come; the services run on. */
  release(): Promise<void>;
}

const handOverTimeoutMs = 10_000;
/** A command that takes longer than this is left to the next engine: desired state is on disk, and is carried on from there. */
const finishTimeoutMs = 5000;
/** Whoever ends the host waits for it. */
const releaseTimeoutMs = 1000;
/** A caller that never reads its answer does not keep the socket. */
const closeTimeoutMs = 2000;
const greetTimeoutMs = 2000;
const retryMs = 15;
/** For each step of letting go; the caller that takes the home over waits for longer than all of them. */
const leaveTimeoutMs = 2000;

/** null when somebody alive owns the home and is not asked, or does not hand it over in time. Throws a Failure when the engine cannot start. */
export async function serveHome(options: ServeHomeOptions): Promise<HostedHome | null> {
  const { paths, log } = options;
  const { promise, resolve, reject } = withResolvers<Service>();
  promise.catch(() => undefined);
  const server = createControlServer(promise, log);
  const ownership = (await claimHome(server, paths)) ?? (options.takeOver === false ? null : await takeOver(server, paths, options.takeOver === 'older'));
  if (ownership === null) return null;
  try {
    return await host(options, server, ownership, resolve);
  } catch (error) {
    log(`the supervisor could not start: ${toFailureValue(error).message}`);
    reject(error);
    // Whoever waits gets the reason; then the place is free again.
    await new Promise((next) => setTimeout(next, 500));
    await closeServer(server, ownership);
    throw error;
  }
}

async function host(options: ServeHomeOptions, server: Server, ownership: Ownership, resolve: (service: Service) => void): Promise<HostedHome> {
  const { paths, kind, shimCommand, preload, log, left, environment = async () => process.env } = options;
  let loading: Promise<Dashboard> | null = null;
  const dashboard = (): Promise<Dashboard> =>
    (loading ??= import('./door/dashboard.ts').then(({ createDashboard }) => createDashboard({ paths, service: pageService, assets: options.assets, log, notice: supervisor.notice })));
  let leaving = false;
  /** From now on nothing is served; what is open is closed. */
  const stopServing = async (): Promise<void> => {
    leaving = true;
    ownership.unwatch();
    service.leave();
    // Whatever becomes of the dashboard, the home is let go of.
    const dashboardClosed = loading === null ? Promise.resolve() : loading.then((opened) => opened.release());
    await atMost(leaveTimeoutMs, dashboardClosed, (error) => log(`the dashboard could not be closed: ${errorMessage(error)}`));
  };

  let released: Promise<void> | null = null;
  const letGo = (): Promise<void> =>
    (released ??= (async () => {
      await stopServing();
      // A disk that hangs must not keep the next engine from coming: desired state was on it before each command was answered.
      await atMost(leaveTimeoutMs, supervisor.close(true), (error) => log(errorMessage(error)));
      await closeServer(server, ownership);
    })());

  const supervisor = await createSupervisor({
    paths,
    kind,
    shimCommand,
    preload,
    environment: async () => inheritable(await environment().catch(() => process.env)),
    log,
    leave: () => {
      void stopServing();
      void closeServer(server, ownership).then(() => left('killed'));
    },
  });
  environment().catch((error: unknown) => supervisor.notice(errorMessage(error)));
  const handlers: CommandHandlers = {
    ...supervisor.handlers,
    dashboard: async (input, context) => (await dashboard()).command(input, context),
    async handOver() {
      log('another host takes the home over');
      await service.idle(1, finishTimeoutMs);
      // The answer leaves before the server that carries it closes.
      setImmediate(() => void letGo().then(() => left('handed-over')));
      return {};
    },
  };
  const service = createLeavingService(engineService(handlers, supervisor.topics));
  const pageService = withoutCommands(service, controlSocketOnly);
  ownership.watch({
    note: log,
    lost() {
      server.close();
      server.closeAllConnections();
      void stopServing()
        .then(() => atMost(leaveTimeoutMs, supervisor.close(false)))
        .then(() => left('lost'));
    },
  });
  log(`supervisor ${process.pid} owns ${paths.home}`);
  resolve(service);
  void reopenDashboard(paths, () => (leaving ? null : dashboard()), log);
  const release = async (): Promise<void> => {
    await service.idle(0, releaseTimeoutMs);
    await letGo();
  };
  return { service, pageService, release };
}

/** Its code is loaded only when there was one. */
async function reopenDashboard(paths: HomePaths, dashboard: () => Promise<Dashboard> | null, log: (message: string) => void): Promise<void> {
  try {
    const { access } = await import('node:fs/promises');
    await access(paths.dashboard);
  } catch {
    // Nobody has asked for a dashboard here.
    return;
  }
  await (await dashboard())?.reopen().catch((error: unknown) => log(`the dashboard could not be opened again: ${errorMessage(error)}`));
}

async function takeOver(server: Server, paths: HomePaths, onlyOlder: boolean): Promise<Ownership | null> {
  const client = createClient(createHttpTransport(paths.controlSocket));
  const begin = performance.now();
  while (performance.now() - begin < handOverTimeoutMs) {
    // Several may have been started for the same older one.
    if (onlyOlder && !(await isOlder(paths))) return await claimHome(server, paths);
    try {
      await client.call('handOver', {}, { signal: AbortSignal.timeout(handOverTimeoutMs) });
    } catch (error) {
      // An owner that has gone meanwhile has left the place free; one of an older version does not know the word.
      if (error instanceof Failure && error.code === 'unknown-command') throw new Failure('failed', `the engine that runs is of an older version and cannot hand over: end it first with its own tspm kill.`);
    }
    const until = performance.now() + 1000;
    while (performance.now() < until) {
      const ownership = await claimHome(server, paths);
      if (ownership !== null) return ownership;
      await new Promise((next) => setTimeout(next, retryMs));
    }
  }
  if (onlyOlder) throw new Failure('failed', `the older engine did not hand the home over within ${handOverTimeoutMs / 1000} s`);
  return null;
}

async function isOlder({ controlSocket }: HomePaths): Promise<boolean> {
  const greeting = await greet(controlSocket, greetTimeoutMs);
  // A silent one cannot be asked either; the attempt says so.
  return greeting.state === 'silent' || (greeting.state === 'answers' && (greeting.version === null || isOlderVersion(greeting.version, productVersion)));
}

async function closeServer(server: Server, ownership: Ownership): Promise<void> {
  ownership.leave();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), closeTimeoutMs);
  await closed;
  clearTimeout(force);
}
