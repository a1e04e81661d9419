// The browser dashboard: opened when somebody asks for it, and again by the next engine of this home until it is closed.
import type { CommandHandlers, CommandInput } from '../../../shared/contract/commands.ts';
import type { DashboardReport } from '../../../shared/contract/reports.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import { errorCode, errorMessage, Failure } from '../../../shared/model/failure.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import { portHolder } from '../../platform/port-holder.ts';
import type { Service } from '../service.ts';
import { defaultHost, defaultPort, isLoopback, originOf } from './address.ts';
import { createKeys, createToken, type Keys } from './keys.ts';
import { openDoor, type Door } from './server.ts';
import { readDoorState, removeDoorState, writeDoorState, type DoorState } from './state.ts';

export interface DashboardOptions {
  readonly paths: HomePaths;
  /** What a page may ask. */
  readonly service: Service;
  /** Folder of the built pages. */
  readonly assets: string;
  readonly log: (message: string) => void;
}

export interface Dashboard {
  readonly command: CommandHandlers['dashboard'];
  /** Opens it again when it was open in the engine before. Never throws: trouble is logged. */
  reopen(): Promise<void>;
  /** Lets go of port and connections; the next engine opens it again. */
  release(): Promise<void>;
}

interface Open {
  readonly door: Door;
  readonly token: string;
  readonly keys: Keys;
}

/** The engine before may still hold the port for a moment. */
const reopenMs = 5000;
const retryMs = 100;

export function createDashboard({ paths, service, assets, log }: DashboardOptions): Dashboard {
  let open: Open | null = null;
  let leaving = false;
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other: two that open at once would open two. */
  function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = queue.then(act);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function listen(host: string, port: number, token: string): Promise<Open> {
    const keys = createKeys(token, Date.now);
    return { door: await openDoor({ host, port, keys, service, assets, log }), token, keys };
  }

  async function openAt({ host, port }: Pick<CommandInput<'dashboard'>, 'host' | 'port'>): Promise<DashboardReport> {
    if (leaving) throw new Failure('engine-unreachable', 'the engine is being replaced: try again', { kind: 'lost', socket: paths.controlSocket });
    if (open !== null && fits(open.door, host, port)) return report(true);
    const before = await readDoorState(paths.dashboard).catch(() => null);
    const wantedHost = host ?? before?.host ?? defaultHost;
    const token = open?.token ?? before?.token ?? createToken();
    const previous = open;
    // The same port of another host: it has to be free first.
    if (previous !== null && previous.door.port === (port ?? before?.port)) await previous.door.close();
    try {
      open = await listenSomewhere(wantedHost, port, before?.port ?? defaultPort, token);
      await writeDoorState(paths.dashboard, { host: wantedHost, port: open.door.port, token });
    } catch (error) {
      if (open !== previous) await open?.door.close();
      open = null;
      if (previous !== null) await previous.door.close().then(() => openAgain({ ...previous.door, token }));
      throw error;
    }
    await previous?.door.close();
    log(`the dashboard is open at ${originOf(wantedHost, open.door.port)}`);
    if (!isLoopback(wantedHost)) log(`the dashboard can be reached from other machines (host ${wantedHost}), without encryption`);
    return report(true);
  }

  async function listenSomewhere(host: string, asked: number | undefined, usual: number, token: string): Promise<Open> {
    try {
      return await listen(host, asked ?? usual, token);
    } catch (error) {
      if (asked === undefined && errorCode(error) === 'EADDRINUSE') return await listen(host, 0, token);
      throw await cannotListen(host, asked ?? usual, error);
    }
  }

  function report(withTicket: boolean): DashboardReport {
    if (open === null) return { open: false, host: defaultHost, port: null, url: null, ticketUrl: null };
    const { door, token, keys } = open;
    const link = (key: string): string => `${originOf(door.host, door.port)}/#token=${key}`;
    return { open: true, host: door.host, port: door.port, url: link(token), ticketUrl: withTicket ? link(keys.issueTicket()) : null };
  }

  async function close(): Promise<DashboardReport> {
    await removeDoorState(paths.dashboard);
    const previous = open;
    open = null;
    await previous?.door.close();
    if (previous !== null) log('the dashboard is closed');
    return report(false);
  }

  async function openAgain({ host, port, token }: DoorState): Promise<void> {
    const until = performance.now() + reopenMs;
    while (!leaving) {
      try {
        open = await listen(host, port, token);
        log(`the dashboard is open again at ${originOf(host, port)}`);
        return;
      } catch (error) {
        if (errorCode(error) !== 'EADDRINUSE' || performance.now() > until) throw await cannotListen(host, port, error);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  return {
    command: (input) =>
      inTurn(async () => {
        switch (input.action) {
          case 'open':
            return await openAt(input);
          case 'close':
            return await close();
          case 'look':
            return report(false);
          default:
            return assertNever(input.action);
        }
      }),
    reopen: () =>
      inTurn(async () => {
        const state = open === null ? await readDoorState(paths.dashboard) : null;
        if (state !== null) await openAgain(state);
      }).catch((error: unknown) => log(`the dashboard could not be opened again: ${errorMessage(error)}`)),
    async release() {
      leaving = true;
      await inTurn(async () => {
        await open?.door.close();
        open = null;
      });
    },
  };
}

function fits(door: Door, host: string | undefined, port: number | undefined): boolean {
  return (host === undefined || host === door.host) && (port === undefined || port === 0 || port === door.port);
}

async function cannotListen(host: string, port: number, error: unknown): Promise<Failure> {
  const where = `port ${port} of ${host}`;
  switch (errorCode(error)) {
    case 'EADDRINUSE': {
      const holder = await portHolder(port);
      return new Failure('failed', `${where} is taken${holder === null ? '' : ` by ${holder}`}: choose another one with --port, or 0 for any that is free.`, { port, holder });
    }
    case 'EACCES':
      return new Failure('failed', `${where} may not be opened by this user: choose one from 1024 on.`, { port });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Failure('invalid-input', `${host} is no address of this machine.`, { host });
    default:
      return new Failure('failed', `the dashboard cannot listen on ${where}: ${errorMessage(error)}`, { port });
  }
}
