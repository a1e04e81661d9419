// One owner per home: whoever has the control socket. A dead socket is replaced, a live one is respected, and an owner whose socket was
// taken away by something that knows nothing of TSPM (a cleaner of /tmp) binds it anew.
import { lstatSync, watch, type FSWatcher } from 'node:fs';
import type { Server } from 'node:net';
import path from 'node:path';
import type { HomePaths } from '../../shared/model/home.ts';
import { errorCode, errorMessage, Failure } from '../../shared/model/failure.ts';
import { makeFolder } from '../platform/home.ts';
import { checkSocket } from '../platform/trust/check-socket.ts';
import { clearDead, identify, leavePlace, linkTo, listenBeside, lookAt, removeLeftovers, type SocketIdentity } from './socket-place.ts';

const attempts = 1000;
const checkMs = 1000;
/** Another engine at the socket may find out that it cannot stay. */
const foreignPatienceMs = 8000;

export interface Ownership {
  /**
   * From now on the socket is looked after. `lost` is called once when the home is gone or has another owner: two supervisors over one
   * home would fight for its services.
   */
  watch(events: OwnershipEvents): void;
  unwatch(): void;
  /** The home's next owner may come: the socket is free. What is connected stays so. */
  leave(): void;
}

export interface OwnershipEvents {
  readonly lost: () => void;
  readonly note: (message: string) => void;
}

/**
 * Makes `server` listen on the control socket. null when somebody alive owns the home already.
 * Throws a Failure when the socket's place may be somebody else's, and the system error when it cannot be bound for another reason (rights, a missing folder).
 */
export async function claimHome(server: Server, paths: HomePaths): Promise<Ownership | null> {
  if (process.platform === 'win32') return claimPipe(server, paths.controlSocket);
  const identity = await claim(server, paths.controlSocket);
  return identity === null ? null : new SocketOwnership(server, paths, identity);
}

/** A named pipe lives and dies with its server. */
function claimPipe(server: Server, pipe: string): Promise<Ownership | null> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      server.off('listening', listening);
      if (errorCode(error) === 'EADDRINUSE') resolve(null);
      else reject(error);
    };
    const listening = (): void => {
      server.off('error', failed);
      resolve({ watch: () => undefined, unwatch: () => undefined, leave: () => undefined });
    };
    server.once('error', failed);
    server.once('listening', listening);
    server.listen(pipe);
  });
}

/** The identity of the socket; null when somebody alive has the place. The server listens only in the first case. */
async function claim(server: Server, place: string): Promise<SocketIdentity | null> {
  let own: string | null = null;
  for (let attempt = 0; attempt < attempts; attempt++) {
    checkSocket(place);
    const occupant = await lookAt(place);
    if (occupant.state === 'alive') {
      // With its server a name of its own goes too.
      if (own !== null) server.close();
      return null;
    }
    if (occupant.state === 'dead') {
      clearDead(place, occupant.identity);
      continue;
    }
    own ??= await listenBeside(server, place);
    const identity = identify(own);
    if (identity === null) {
      // The owner of a moment removed it as a leftover, and is gone again.
      server.close();
      own = null;
    } else if (linkTo(own, place)) {
      removeLeftovers(place);
      return identity;
    }
  }
  throw new Failure('failed', `the socket ${place} is neither alive nor free. Remove it if no TSPM uses it.`);
}

class SocketOwnership implements Ownership {
  private readonly home: string | null;
  private timer: NodeJS.Timeout | undefined;
  private watcher: FSWatcher | null = null;
  private events: OwnershipEvents = { lost: () => undefined, note: () => undefined };
  private foreignSince: number | null = null;
  private looking = false;
  private trouble = '';
  private left = false;

  constructor(
    private readonly server: Server,
    private readonly paths: HomePaths,
    private identity: SocketIdentity,
  ) {
    this.home = folderIdentity(paths.home);
  }

  watch(events: OwnershipEvents): void {
    this.events = events;
    this.timer = setInterval(() => void this.look(), checkMs);
    this.timer.unref();
    this.watchFolder();
  }

  leave(): void {
    this.unwatch();
    leavePlace(this.paths.controlSocket, this.identity);
  }

  unwatch(): void {
    this.left = true;
    clearInterval(this.timer);
    this.watcher?.close();
  }

  /** So that hardly anybody comes in the gap. Without it, which is possible everywhere, the gap is a second. */
  private watchFolder(): void {
    const place = this.paths.controlSocket;
    this.watcher?.close();
    this.watcher = null;
    try {
      this.watcher = watch(path.dirname(place), { persistent: false }, (_event, name) => {
        if (name === null || name === path.basename(place)) void this.look();
      });
      this.watcher.on('error', () => undefined);
    } catch {
      // No watches left, or no such folder.
    }
  }

  private async look(): Promise<void> {
    if (this.looking || this.left) return;
    this.looking = true;
    try {
      await this.check();
      this.trouble = '';
    } catch (error) {
      const trouble = errorMessage(error);
      if (trouble !== this.trouble) this.events.note(`the control socket cannot be looked after: ${trouble}; tried again`);
      this.trouble = trouble;
    } finally {
      this.looking = false;
    }
  }

  private async check(): Promise<void> {
    const { controlSocket, home } = this.paths;
    if (this.isLeft()) return;
    if (folderIdentity(home) !== this.home) {
      this.lose('the home is gone');
      return;
    }
    if (identify(controlSocket) === this.identity) {
      this.foreignSince = null;
      return;
    }
    // Nothing is given up for what another user has put there, and it is not even asked.
    if (folderIdentity(path.dirname(controlSocket)) !== null) checkSocket(controlSocket);
    const occupant = await lookAt(controlSocket);
    if (this.isLeft()) return;
    if (occupant.state === 'alive' && occupant.identity !== this.identity) {
      this.foreignSince ??= performance.now();
      if (performance.now() - this.foreignSince > foreignPatienceMs) this.lose('another engine has the control socket');
      return;
    }
    if (occupant.state === 'alive') return;
    await this.bindAnew();
  }

  private async bindAnew(): Promise<void> {
    const { controlSocket } = this.paths;
    await makeFolder(path.dirname(controlSocket));
    // Its handle listens where nobody can find it any more. The name it was bound under is gone, so closing it removes nothing.
    if (this.server.listening) this.server.close();
    const identity = await claim(this.server, controlSocket);
    if (identity === null) return;
    if (this.isLeft()) {
      leavePlace(controlSocket, identity);
      return;
    }
    this.identity = identity;
    this.foreignSince = null;
    this.watchFolder();
    this.events.note(`${controlSocket} had vanished: it is bound again`);
  }

  private lose(why: string): void {
    this.unwatch();
    this.events.note(`${why}: leaving`);
    this.events.lost();
  }

  /** Asked anew after each pause. */
  private isLeft(): boolean {
    return this.left;
  }
}

/** null when it is gone. */
function folderIdentity(folder: string): string | null {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
}
