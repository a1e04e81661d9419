// What each command answers.
import * as z from 'zod/mini';
import { outcomeSchema } from './outcomes.ts';
import { processDescriptionSchema, processSnapshotSchema } from './process.ts';
import { clusterReportSchema, dashboardReportSchema, logSourceSchema, metricsSeriesSchema, statusReportSchema } from './reports.ts';
import { count, list, record, table } from './shapes.ts';

const outcomes = list(outcomeSchema);

export const commandOutputs = {
  status: statusReportSchema,
  list: list(processSnapshotSchema),
  describe: list(processDescriptionSchema),
  start: outcomes,
  resume: outcomes,
  stop: outcomes,
  restart: outcomes,
  reload: outcomes,
  scale: outcomes,
  clusters: list(clusterReportSchema),
  metricsHistory: list(metricsSeriesSchema),
  delete: outcomes,
  logSources: list(logSourceSchema),
  flush: outcomes,
  reset: outcomes,
  signal: outcomes,
  env: list(record({ name: z.string(), instance: count, env: table(z.string()) })),
  /** `unsaved`: why the next engine will not know that they were ended. */
  kill: record({ stopped: count, unsaved: z.optional(z.string()) }),
  /** Versions of the data plane, and whether the new one has the place of the old one. */
  upgrade: record({ from: z.string(), to: z.string(), replaced: z.boolean(), outcomes }),
  dashboard: dashboardReportSchema,
  handOver: record({}),
} as const;
