// The words between supervisor and shim: one JSON object per line on a private socket.
// The shim is told what to do and keeps every exit until the supervisor acknowledges it.
import type { BalancerMode, ClusterFigures, ClusterPlan } from './balancing.ts';
import type { ExitStatus } from './process-state.ts';
import type { Introduction } from './shim-hello.ts';
import type { Starter } from './starter.ts';

export type LogFormat = 'plain' | 'timestamps' | 'json';

/** Where and how the output of one instance is written. Paths are absolute. */
export interface LogTarget {
  readonly format: LogFormat;
  readonly out: string;
  /** Equal to `out` when both streams share one file. */
  readonly err: string;
  /** Fields of the json format. */
  readonly process: string;
  readonly instance: number;
  /** A file is rotated before a line would take it over this size. */
  readonly maxSizeBytes: number;
  /** Rotated files kept beside the live one. */
  readonly maxFiles: number;
  /** Rotate a file older than this, and remove rotated files older than this; null: never. */
  readonly maxAgeMs: number | null;
  readonly compress: boolean;
}

/** How a child takes part in a cluster. */
export interface Membership {
  readonly cluster: string;
  readonly instance: number;
  readonly mode: BalancerMode;
  /** Its own port on 127.0.0.1; 0 in shared mode. */
  readonly port: number;
}

/** How a child is asked to end. */
export interface StopManner {
  readonly signal: string;
  /** After this it is killed. */
  readonly timeoutMs: number;
}

export interface SpawnRequest {
  /** See `hostId`. */
  readonly id: string;
  readonly run: number;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logs: LogTarget;
  readonly pidFile: string;
  /** null: it is balanced by nobody. */
  readonly member: Membership | null;
  /** A Node program that gets an IPC channel: TSPM's preload talks over it, and it may `process.send('ready')`. */
  readonly channel: boolean;
  /** For a shim that ends its children by itself; 0.1.0 ignores it. */
  readonly stop?: StopManner;
}

/** `held`: the cluster takes instances but does not listen yet. `contended`: another shim gives the port back any moment. */
export const listenManners = ['now', 'held', 'contended'] as const;
export type ListenManner = (typeof listenManners)[number];

export type SignalScope = 'process' | 'group';

export type ToShim =
  /** `version`: the base protocol, the only one that 0.1.0 takes. What comes with it is read by `readIntroduction`. */
  | ({ readonly type: 'hello'; readonly version: number; readonly supervisorPid: number } & Partial<Introduction>)
  | ({ readonly type: 'spawn' } & SpawnRequest)
  | { readonly type: 'signal'; readonly id: string; readonly run: number; readonly signal: string; readonly scope: SignalScope }
  | { readonly type: 'acknowledge'; readonly id: string; readonly run: number }
  /** Empty the live log files of these instances and remove their rotated ones. */
  | { readonly type: 'flush'; readonly request: number; readonly ids: readonly string[]; readonly files: readonly LogTarget[] }
  /** Opens the cluster's listening socket, or moves and changes what is there. Answered by `cluster-answer`. */
  | { readonly type: 'cluster'; readonly request: number; readonly plan: ClusterPlan; readonly listen?: ListenManner }
  /** Whether the address could be listened on: `cluster-answer`. Nothing changes. */
  | { readonly type: 'try-address'; readonly request: number; readonly host: string; readonly port: number }
  /** Another shim accepts from now on: `cluster-answer` when no client is left here that may ask for more. Instances stay in service until then. */
  | { readonly type: 'leave-cluster'; readonly request: number; readonly name: string }
  | { readonly type: 'close-cluster'; readonly name: string }
  /** The instance is ready: it gets traffic from now on. */
  | { readonly type: 'admit'; readonly id: string; readonly run: number; readonly weight: number }
  /** It gets none any more; what it has goes on. */
  | { readonly type: 'withdraw'; readonly id: string; readonly run: number }
  /** The same, and `drained` follows when it has none left, or with force when the time is over. */
  | { readonly type: 'drain'; readonly id: string; readonly run: number; readonly timeoutMs: number }
  /** For the strategies that go by it. */
  | { readonly type: 'usage'; readonly samples: readonly UsageSample[] }
  | { readonly type: 'figures'; readonly request: number; readonly names: readonly string[] }
  /** Start the shim that takes this one's place, with the listening sockets of this one: `successor-answer` when its process exists. */
  | { readonly type: 'raise-successor'; readonly request: number; readonly runtime: string; readonly args: readonly string[] }
  /** The shim before is gone: its place is free. */
  | { readonly type: 'promote' }
  /** How to start another one when this supervisor is lost. A feature. */
  | ({ readonly type: 'starter' } & Starter)
  /** The supervisor leaves on purpose: do not start another one. */
  | { readonly type: 'release' }
  /** End every child that is left, then the shim itself. */
  | { readonly type: 'shutdown' };

export interface UsageSample {
  readonly id: string;
  readonly run: number;
  readonly cpuPercent: number;
  readonly memoryBytes: number;
}

export interface ShimChild {
  readonly id: string;
  readonly run: number;
  readonly pid: number;
  /** Kernel's start time of the process, opaque; with the pid it names one process for ever. */
  readonly startTime: string;
  readonly startedAt: number;
  /** How long it has run, or ran, by a clock that nobody can set. Missing from a shim of 0.1.0. */
  readonly ranForMs?: number;
  readonly member: Membership | null;
  /** It has said so over its channel. */
  readonly announced: Announced;
  /** Set when the child has ended and the exit is not acknowledged yet. */
  readonly exit: (ExitStatus & { readonly at: number }) | null;
}

/** What a child says of itself: its server listens (the preload), it is ready (`process.send('ready')`). */
export interface Announced {
  readonly listening: boolean;
  readonly ready: boolean;
}

export interface AddressProblem {
  /** `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, … */
  readonly code: string;
  readonly message: string;
}

export type FromShim =
  /** `version`: the protocol that is spoken from now on. `clusters`: names of those that are open. */
  | ({ readonly type: 'welcome'; readonly version: number; readonly pid: number; readonly children: readonly ShimChild[]; readonly clusters: readonly string[] } & Partial<Introduction>)
  | ({ readonly type: 'refused'; readonly message: string } & Partial<Introduction>)
  /** It was told to end (SIGTERM), and ends its children in order. A feature of the supervisor. */
  | { readonly type: 'ending' }
  /** The answer to a message that is unknown or has another form, with what names it. A feature. */
  | { readonly type: 'not-understood'; readonly what: string; readonly request: number | null; readonly id: string | null; readonly run: number | null; readonly message: string }
  | { readonly type: 'spawned'; readonly id: string; readonly run: number; readonly pid: number; readonly startTime: string; readonly startedAt: number }
  | { readonly type: 'spawn-failed'; readonly id: string; readonly run: number; readonly message: string; readonly at: number }
  | ({ readonly type: 'exited'; readonly id: string; readonly run: number; readonly at: number } & ExitStatus)
  | ({ readonly type: 'announced'; readonly id: string; readonly run: number } & Announced)
  | { readonly type: 'cluster-answer'; readonly request: number; readonly problem: AddressProblem | null }
  | { readonly type: 'successor-answer'; readonly request: number; readonly problem: string | null }
  /** `cut`: connections that were ended by force. */
  | { readonly type: 'drained'; readonly id: string; readonly run: number; readonly cut: number }
  | { readonly type: 'figures'; readonly request: number; readonly clusters: readonly ClusterFigures[] }
  /** Totals since the instance was first spawned by this shim. */
  | { readonly type: 'log-loss'; readonly id: string; readonly lostBytes: number; readonly lostLines: number; readonly reason: string }
  | { readonly type: 'log-resumed'; readonly id: string }
  | { readonly type: 'flushed'; readonly request: number; readonly error: string | null };

/** What people call an instance. */
export function instanceKey(name: string, instance: number): string {
  return `${name}:${instance}`;
}

/**
 * What the shim calls it. During a reload two children of one instance run side by side; the second has the other seat. The next
 * reload goes back to the first.
 */
export function hostId(name: string, instance: number, seat: Seat): string {
  return seat === 0 ? instanceKey(name, instance) : `${instanceKey(name, instance)}~`;
}

export type Seat = 0 | 1;

export function parseHostId(id: string): { readonly name: string; readonly instance: number; readonly seat: Seat } | null {
  const [, name, instance, mark] = /^(.+):(\d+)(~?)$/.exec(id) ?? [];
  return name === undefined ? null : { name, instance: Number(instance), seat: mark === '~' ? 1 : 0 };
}
