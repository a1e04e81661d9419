// app.requestSingleInstanceLock as Chromium has it: a link in the user's data that names the owner's pid, and a socket beside it
// on which later instances say how they were started.
import { mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';

export interface Announcement {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

export type Claim =
  | { readonly isFirst: true; release(): void }
  /** The first instance has been told when `delivered` resolves. */
  | { readonly isFirst: false; readonly delivered: Promise<void> };

export function claimSingleInstance(userData: string, announcement: Announcement, onSecond: (other: Announcement) => void): Claim {
  mkdirSync(userData, { recursive: true });
  const [lock, socket] = [path.join(userData, 'SingletonLock'), path.join(userData, 'SingletonSocket')];
  while (!link(lock)) {
    if (isAlive(Number(readlinkSync(lock)))) return { isFirst: false, delivered: tell(socket, announcement) };
    rmSync(lock);
  }
  rmSync(socket, { force: true });
  const server = createServer((client) => {
    let text = '';
    client.setEncoding('utf8').on('data', (more: string) => (text += more));
    client.on('end', () => {
      onSecond(JSON.parse(text) as Announcement);
      client.end();
    });
  });
  server.listen(socket).unref();
  return {
    isFirst: true,
    release() {
      server.close();
      rmSync(socket, { force: true });
      rmSync(lock, { force: true });
    },
  };
}

function link(lock: string): boolean {
  try {
    symlinkSync(String(process.pid), lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function tell(socket: string, announcement: Announcement): Promise<void> {
  return new Promise((resolve, reject) => {
    const client = connect(socket, () => client.end(JSON.stringify(announcement)));
    client.once('close', () => resolve()).once('error', reject);
    client.resume();
  });
}
