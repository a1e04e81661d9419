// The named schemas of the OpenAPI document: those of the contract, and the few that only HTTP has.
import * as z from 'zod/mini';
import { commandInputs, instanceChangeSchema } from '../../../../shared/contract/commands.ts';
import { engineEventSchema, engineSnapshotSchema, noticeEventSchema, processChangedSchema, processExitedSchema, processRemovedSchema, usageSchema } from '../../../../shared/contract/events.ts';
import { logBatchSchema, logBeginningSchema, logEntrySchema } from '../../../../shared/contract/logs.ts';
import { outcomeSchema, progressSchema } from '../../../../shared/contract/outcomes.ts';
import { commandOutputs } from '../../../../shared/contract/outputs.ts';
import { balancerSummarySchema, exitStatusSchema, logFilesSchema, processDescriptionSchema, processSnapshotSchema } from '../../../../shared/contract/process.ts';
import { clusterInstanceSchema, clusterReportSchema, dashboardReportSchema, logSourceSchema, metricsSeriesSchema, noticeSchema, statusReportSchema } from '../../../../shared/contract/reports.ts';
import { selectorsSchema } from '../../../../shared/contract/selectors.ts';
import { balancerSpecSchema, dependencySchema, logSpecSchema, processSpecSchema, programRequestSchema, sourceSchema } from '../../../../shared/contract/spec.ts';
import { topicInputs } from '../../../../shared/contract/topic-inputs.ts';
import type { FailureCode } from '../../../../shared/model/failure.ts';
import { problemStatus, type ProblemCode } from '../problem.ts';
import { statusOf } from '../failure-status.ts';

const code = z.enum(Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]]);

export const failureSchema = z.object({ code: z.enum(Object.keys(statusOf) as [FailureCode, ...FailureCode[]]), message: z.string(), data: z.optional(z.unknown()) });

const line = <Data extends z.core.SomeType>(event: string, data: Data) => z.object({ event: z.literal(event), id: z.string(), data });
const ends = [
  /** Nothing to say; the stream lives. */
  z.object({ event: z.literal('alive') }),
  z.object({ event: z.literal('end') }),
  z.object({ event: z.literal('failure'), data: failureSchema }),
] as const;

/** Lines of the topics that have a route of their own. */
export const streamLines = {
  events: z.discriminatedUnion('event', [
    line('snapshot', engineSnapshotSchema),
    line('process.changed', processChangedSchema),
    line('process.removed', processRemovedSchema),
    line('process.exited', processExitedSchema),
    line('usage', usageSchema),
    line('notice', noticeEventSchema),
    ...ends,
  ]),
  logs: z.discriminatedUnion('event', [line('snapshot', logBeginningSchema), line('entries', logBatchSchema), ...ends]),
} as const;

export const healthSchema = z.object({ status: z.literal('ok'), version: z.optional(z.string()), contract: z.optional(z.int()) });

export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int().check(z.minimum(400), z.maximum(599)),
  detail: z.string(),
  instance: z.string(),
  code,
  /** Only with code not-done. */
  outcomes: z.optional(commandOutputs.start),
  /** Only with code not-found. */
  available: z.optional(z.array(z.string())),
});

/** The token, or a ticket. */
export const loginSchema = z.object({ token: z.string() });

const inputs = Object.entries(commandInputs).map(([name, schema]) => [`${capital(name)}Input`, schema] as const);
const topics = Object.entries(topicInputs).map(([name, schema]) => [`${capital(name)}TopicInput`, schema] as const);

/** What stands here is referred to wherever it occurs; the first name of a schema counts. */
const candidates: readonly (readonly [name: string, schema: z.core.$ZodType])[] = [
  ['Process', processSnapshotSchema],
  ['Processes', commandOutputs.list],
  ['ProcessDescription', processDescriptionSchema],
  ['ProcessDescriptions', commandOutputs.describe],
  ['ExitStatus', exitStatusSchema],
  ['BalancerSummary', balancerSummarySchema],
  ['LogFiles', logFilesSchema],
  ['Outcome', outcomeSchema],
  ['Outcomes', commandOutputs.start],
  ['Progress', progressSchema],
  ['Status', statusReportSchema],
  ['Notice', noticeSchema],
  ['Cluster', clusterReportSchema],
  ['Clusters', commandOutputs.clusters],
  ['ClusterInstance', clusterInstanceSchema],
  ['Metrics', metricsSeriesSchema],
  ['MetricsHistory', commandOutputs.metricsHistory],
  ['LogSource', logSourceSchema],
  ['LogSources', commandOutputs.logSources],
  ['Environments', commandOutputs.env],
  ['Ended', commandOutputs.kill],
  ['HandedOver', commandOutputs.handOver],
  ['Dashboard', dashboardReportSchema],
  ['LogEntry', logEntrySchema],
  ['LogBatch', logBatchSchema],
  ['LogBeginning', logBeginningSchema],
  ['EngineSnapshot', engineSnapshotSchema],
  ['EngineEvent', engineEventSchema],
  ['ProcessChanged', processChangedSchema],
  ['ProcessRemoved', processRemovedSchema],
  ['ProcessExited', processExitedSchema],
  ['Usage', usageSchema],
  ['NoticeGiven', noticeEventSchema],
  ['EventLine', streamLines.events],
  ['LogLine', streamLines.logs],
  ['Selectors', selectorsSchema],
  ['SelectedInput', commandInputs.describe],
  ['BringUpInput', commandInputs.resume],
  ['InstanceChange', instanceChangeSchema],
  ['ProcessSpec', processSpecSchema],
  ['BalancerSpec', balancerSpecSchema],
  ['LogSpec', logSpecSchema],
  ['Dependency', dependencySchema],
  ['ProcessSource', sourceSchema],
  ['ProgramRequest', programRequestSchema],
  ['Health', healthSchema],
  ['Failure', failureSchema],
  ['Problem', problemSchema],
  ['Login', loginSchema],
  ...inputs,
  ...topics,
];

const named = candidates.filter(([, schema], index) => candidates.findIndex(([, other]) => other === schema) === index);
const names = new Map(named.map(([name, schema]) => [schema, name]));
const prefix = '#/components/schemas/';

/** A reference where the schema has a name, the schema itself otherwise. */
export function schemaOf(schema: z.core.$ZodType): object {
  const name = names.get(schema);
  if (name !== undefined) return { $ref: prefix + name };
  return bare(z.toJSONSchema(schema, { io: 'input', override: tidy, metadata: z.registry() }));
}

/** `components.schemas` of the document. */
export function componentSchemas(): Readonly<Record<string, object>> {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of named) registry.add(schema, { id: name });
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: (id) => prefix + id, override: tidy });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bare(schema)]));
}

/** Everything is read-only data to us; in an API document the word means something else. */
function tidy({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }): void {
  delete jsonSchema['readOnly'];
}

/** The document says once which dialect its schemas have, and their place in it is their address. */
function bare({ $schema: _dialect, $id: _address, ...schema }: Readonly<Record<string, unknown>>): object {
  return schema;
}

export function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
