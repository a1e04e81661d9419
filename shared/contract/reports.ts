// Answers about the engine itself, its clusters, its logs and its measurements.
import * as z from 'zod/mini';
import { balancerModes, balancingStrategies } from '../model/balancing.ts';
import { processStates } from '../model/process-state.ts';
import { count, list, moment, record } from './shapes.ts';

export const ownerKinds = ['desktop', 'daemon', 'runtime'] as const;
export type OwnerKind = (typeof ownerKinds)[number];

/** `about`: what a face may want to know without reading the words. `shim`: the data plane died, and its services were started again. */
export const noticeSchema = record({ at: moment, message: z.string(), about: z.optional(z.enum(['shim'])) });

export const statusReportSchema = record({
  home: z.string(),
  version: z.string(),
  /** null when no engine runs. */
  owner: z.nullable(record({ kind: z.enum(ownerKinds), pid: count, startedAt: moment, uptimeMs: z.optional(z.number()) })),
  /** `version`: of the TSPM that it is from; `older`: than the engine's, so `tspm upgrade` has something to replace. Engines before 0.2.0 do not say. */
  shim: z.nullable(record({ pid: count, version: z.optional(z.string()), older: z.optional(z.boolean()) })),
  /** Why there is no shim although there shall be one, and when it is tried again. */
  shimTrouble: z.optional(z.string()),
  counts: z.readonly(z.record(z.enum(processStates), count)),
  /** Notable events, those that an earlier supervisor had included, newest last, at most 50: a lost shim, lost log output, … */
  notices: list(noticeSchema),
  /** Why the newest state is not on disk; missing when it is. */
  unsaved: z.optional(z.string()),
});

/** Where one instance logs, for a reader of its files. */
export const logSourceSchema = record({
  name: z.string(),
  instance: count,
  format: z.enum(['plain', 'timestamps', 'json']),
  out: z.string(),
  err: z.string(),
});

/** One running or wanted instance, or one that drains beside its successor. */
export const clusterInstanceSchema = record({
  id: count,
  instance: count,
  state: z.enum(processStates),
  /** `ready`: gets traffic. `none`: the balancer does not know it, because it does not run. */
  traffic: z.enum(['starting', 'ready', 'draining', 'ejected', 'none']),
  pid: z.nullable(count),
  /** Its own port on 127.0.0.1; null in shared mode and while it does not run. */
  ownPort: z.nullable(count),
  weight: z.number(),
  /** Open connections, in http mode requests under way; null where the balancer cannot see them. */
  open: z.nullable(count),
  /** http: requests since its start. Else connections; null where the balancer cannot see them. */
  requests: z.nullable(count),
  /** Part of all requests (or connections) of the instances that run, from 0 to 1; null where they cannot be seen. */
  share: z.nullable(z.number()),
  /** Milliseconds from a request's head to the head of its response, over the last minute or two; null without any. */
  p50Ms: z.nullable(z.number()),
  p99Ms: z.nullable(z.number()),
  ejections: count,
  /** Connections ended by force when `drainTimeout` was over. */
  cut: count,
});

/** One cluster: a process whose port TSPM owns. */
export const clusterReportSchema = record({
  name: z.string(),
  namespace: z.string(),
  group: z.nullable(z.string()),
  mode: z.enum(balancerModes),
  strategy: z.enum(balancingStrategies),
  host: z.string(),
  port: count,
  /** False while nothing of it is wanted up, or when the port could not be bound. */
  listening: z.boolean(),
  /** Connections and requests that wait for an instance to become ready. */
  waiting: count,
  instances: list(clusterInstanceSchema),
});

/** Measurements of one instance, oldest first; the three lists have the same length. */
export const metricsSeriesSchema = record({
  id: count,
  name: z.string(),
  instance: count,
  at: list(moment),
  /** Percent of one core. */
  cpuPercent: list(z.number()),
  memoryBytes: list(z.number()),
});

/** The browser dashboard: whether it is open, and where. */
export const dashboardReportSchema = record({
  open: z.boolean(),
  host: z.string(),
  port: z.nullable(count),
  /** With the token in its fragment; null while it is closed. */
  url: z.nullable(z.string()),
  /** The same for one use within a minute: fit for a command line that others can see. */
  ticketUrl: z.nullable(z.string()),
  /** Its pages may start any command. Engines before 0.2.0 do not say: there they may. */
  allowCommands: z.optional(z.boolean()),
});

export type StatusReport = z.infer<typeof statusReportSchema>;
export type Notice = z.infer<typeof noticeSchema>;
export type LogSource = z.infer<typeof logSourceSchema>;
export type ClusterReport = z.infer<typeof clusterReportSchema>;
export type ClusterInstance = z.infer<typeof clusterInstanceSchema>;
export type MetricsSeries = z.infer<typeof metricsSeriesSchema>;
export type DashboardReport = z.infer<typeof dashboardReportSchema>;
