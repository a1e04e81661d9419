// What the bench needs of a process manager. Each has a home of its own, which is gone when it is closed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BalancerMode } from '../../shared/model/balancing.ts';

/** One service, in words that both managers have. */
export interface Service {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly restart: boolean;
  readonly logFormat: 'plain' | 'timestamps' | 'json';
  /** Absolute; both streams go there. null: wherever the manager puts it. */
  readonly logFile: string | null;
  /** null: it has no port. Else `program` is a Node script. */
  readonly cluster: Cluster | null;
}

/** Several instances behind one port of 127.0.0.1. PM2 has one way of doing it and takes no notice of the mode. */
export interface Cluster {
  readonly port: number;
  readonly instances: number;
  readonly mode: BalancerMode;
}

export interface Manager {
  readonly name: 'TSPM' | 'PM2';
  /** Writes the config for these services; `start` uses it. */
  configure(services: readonly Service[]): void;
  /** Each gives its wall time in ms and has done its work when it returns. */
  start(): number;
  stopAll(): number;
  list(): number;
  /** Of one service, by its name; both in ms, done when they return. */
  reload(name: string): number;
  scale(name: string, instances: number): number;
  onlineCount(): number;
  /** Pids of the manager itself. */
  ownPids(): readonly number[];
  /** Ends the services and the manager, and removes its home. */
  close(): Promise<void>;
}

/** Anything that runs and must be ended. */
export interface Closable {
  close(): Promise<void>;
}

const open = new Set<Closable>();

/** Remembers what runs until it is closed, so that an interrupted bench leaves nothing behind. */
export function track<Kind extends Closable>(one: Kind): Kind {
  const tracked = {
    ...one,
    async close() {
      open.delete(tracked);
      await one.close();
    },
  };
  open.add(tracked);
  return tracked;
}

export async function closeAll(): Promise<void> {
  for (const one of open) await one.close();
}

export function service(name: string, program: string, more: Partial<Service> = {}): Service {
  return { name, program, args: [], restart: true, logFormat: 'plain', logFile: null, cluster: null, ...more };
}

export function hundredServices(program: string): readonly Service[] {
  return Array.from({ length: 100 }, (_, index) => service(`idle-${String(index).padStart(3, '0')}`, program));
}

export function temporaryFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'tspm-bench-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
