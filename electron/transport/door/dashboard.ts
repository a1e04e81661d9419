// The browser dashboard: opened when somebody asks for it, and again by the next engine of this home until it is closed.
import type { CommandHandlers, CommandInput } from '../../../shared/contract/commands.ts';
import type { DashboardReport } from '../../../shared/contract/reports.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import { errorCode, errorMessage, Failure } from '../../../shared/model/failure.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import { portHolder } from '../../platform/port-holder.ts';
import type { Service } from '../service.ts';
import { defaultHost, defaultPort, isLoopback, originOf } from './address.ts';
import { createKeys, createToken, type Keys, type KeyState } from './keys.ts';
import { withOwnProgramsOnly } from './own-programs.ts';
import { noneRevoked, type Session } from './revoked.ts';
import { openDoor, type Door } from './server.ts';
import { readDoorState, removeDoorState, writeDoorState, type DoorState } from './state.ts';

export interface DashboardOptions {
  readonly paths: HomePaths;
  /** What a page may ask. */
  readonly service: Service;
  /** Folder of the built pages. */
  readonly assets: string;
  readonly log: (message: string) => void;
  /** What the owner has to know: it is kept, and shown by `tspm status`. */
  readonly notice: (message: string) => void;
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
  readonly keys: Keys;
}

/** The engine before may still hold the port for a moment. */
const reopenMs = 5000;
const retryMs = 100;

export function createDashboard({ paths, service, assets, log, notice }: DashboardOptions): Dashboard {
  let open: Open | null = null;
  let allowCommands = false;
  const guarded = withOwnProgramsOnly(service, () => allowCommands);
  let leaving = false;
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other: two that open at once would open two. */
  function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = queue.then(act);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function listen(host: string, port: number, state: KeyState): Promise<Open> {
    const keys = createKeys(state, Date.now);
    const endSession = (session: Session): Promise<void> => inTurn(() => logOut(session));
    return { door: await openDoor({ host, port, keys, service: guarded, assets, endSession, log }), keys };
  }

  /** Throws a Failure when it cannot be written. */
  async function save({ door: { host, port }, keys }: Open, allow: boolean): Promise<void> {
    await writeDoorState(paths.dashboard, { host, port, ...keys.state, allowCommands: allow });
  }

  /** What the engine before wrote; null when it had none. A key that others could read is replaced. */
  async function stored(): Promise<DoorState | null> {
    const found = await readDoorState(paths.dashboard);
    if (found === null || !found.exposed) return found?.state ?? null;
    const state: DoorState = { ...found.state, token: createToken(), revoked: noneRevoked };
    await writeDoorState(paths.dashboard, state);
    notice(`${paths.dashboard} could be read by other users, so the dashboard has a new key and all its sessions have ended: tspm dashboard prints the new address`);
    return state;
  }

  async function openAt({ host, port, allowCommands: allow }: CommandInput<'dashboard'>): Promise<DashboardReport> {
    if (leaving) throw new Failure('engine-unreachable', 'the engine is being replaced: try again', { kind: 'lost', socket: paths.controlSocket });
    const previous = open;
    const before = previous === null ? await stored().catch(() => null) : { ...previous.door, ...previous.keys.state, allowCommands };
    const allows = allow ?? before?.allowCommands ?? false;
    if (previous !== null && fits(previous.door, host, port)) {
      if (allows !== allowCommands) await save(previous, allows);
      allowCommands = allows;
      return report(true);
    }
    const wantedHost = host ?? before?.host ?? defaultHost;
    const keyState = before === null ? { token: createToken(), revoked: noneRevoked } : { token: before.token, revoked: before.revoked };
    // The same port of another host: it has to be free first.
    if (previous !== null && previous.door.port === (port ?? before?.port)) await previous.door.close();
    try {
      open = await listenSomewhere(wantedHost, port, before?.port ?? defaultPort, keyState);
      await save(open, allows);
      allowCommands = allows;
    } catch (error) {
      if (open !== previous) await open?.door.close();
      open = null;
      if (previous !== null) await previous.door.close().then(() => openAgain({ ...previous.door, ...keyState, allowCommands }));
      throw error;
    }
    await previous?.door.close();
    log(`the dashboard is open at ${originOf(wantedHost, open.door.port)}`);
    if (!isLoopback(wantedHost)) log(`the dashboard can be reached from other machines (host ${wantedHost}), without encryption`);
    return report(true);
  }

  async function listenSomewhere(host: string, asked: number | undefined, usual: number, state: KeyState): Promise<Open> {
    try {
      return await listen(host, asked ?? usual, state);
    } catch (error) {
      if (asked === undefined && errorCode(error) === 'EADDRINUSE') return await listen(host, 0, state);
      throw await cannotListen(host, asked ?? usual, error);
    }
  }

  function report(withTicket: boolean): DashboardReport {
    if (open === null) return { open: false, host: defaultHost, port: null, url: null, ticketUrl: null, allowCommands: false };
    const { door, keys } = open;
    const link = (key: string): string => `${originOf(door.host, door.port)}/#token=${key}`;
    return { open: true, host: door.host, port: door.port, url: link(keys.state.token), ticketUrl: withTicket ? link(keys.issueTicket()) : null, allowCommands };
  }

  async function close(): Promise<DashboardReport> {
    await removeDoorState(paths.dashboard);
    const previous = open;
    open = null;
    allowCommands = false;
    await previous?.door.close();
    if (previous !== null) log('the dashboard is closed');
    return report(false);
  }

  /** On disk first: a key that the next engine would bring back has not been replaced. */
  async function rotate(): Promise<DashboardReport> {
    const token = createToken();
    const before = open === null ? await stored() : { host: open.door.host, port: open.door.port, allowCommands };
    if (before === null) return report(false);
    const next: DoorState = { ...before, token, revoked: noneRevoked };
    await writeDoorState(paths.dashboard, next);
    log('the dashboard has a new key');
    if (open === null) await openAgain(next);
    open?.keys.rotate(token);
    open?.door.disconnect('all');
    return report(true);
  }

  async function logOut(session: Session): Promise<void> {
    if (open === null) return;
    open.keys.endSession(session);
    open.door.disconnect(session);
    await save(open, allowCommands);
  }

  async function openAgain({ host, port, token, revoked, allowCommands: allowed }: DoorState): Promise<void> {
    const until = performance.now() + reopenMs;
    while (!leaving) {
      try {
        open = await listen(host, port, { token, revoked });
        allowCommands = allowed;
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
          case 'rotate':
            return await rotate();
          default:
            return assertNever(input.action);
        }
      }),
    reopen: () =>
      inTurn(async () => {
        const state = open === null ? await stored() : null;
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
