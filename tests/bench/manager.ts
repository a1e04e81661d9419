// What the bench needs of a process manager. Each has a home of its own, which is gone when it is closed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One service, in words that both managers have. */
export interface Service {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly restart: boolean;
  readonly logFormat: 'plain' | 'timestamps' | 'json';
  /** Absolute; both streams go there. null: wherever the manager puts it. */
  readonly logFile: string | null;
}

export interface Manager {
  readonly name: 'TSPM' | 'PM2';
  /** Writes the config for these services; `start` uses it. */
  configure(services: readonly Service[]): void;
  /** Each gives its wall time in ms and has done its work when it returns. */
  start(): number;
  stopAll(): number;
  list(): number;
  onlineCount(): number;
  /** Pids of the manager itself. */
  ownPids(): readonly number[];
  /** Ends the services and the manager, and removes its home. */
  close(): Promise<void>;
}

const open = new Set<Manager>();

/** Remembers a manager until it is closed, so that an interrupted bench leaves none behind. */
export function track<Kind extends Manager>(manager: Kind): Kind {
  const tracked = {
    ...manager,
    async close() {
      open.delete(tracked);
      await manager.close();
    },
  };
  open.add(tracked);
  return tracked;
}

export async function closeAll(): Promise<void> {
  for (const manager of open) await manager.close();
}

export function service(name: string, program: string, more: Partial<Service> = {}): Service {
  return { name, program, args: [], restart: true, logFormat: 'plain', logFile: null, ...more };
}

export function hundredServices(program: string): readonly Service[] {
  return Array.from({ length: 100 }, (_, index) => service(`idle-${String(index).padStart(3, '0')}`, program));
}

export function temporaryFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'tspm-bench-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
