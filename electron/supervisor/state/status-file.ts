// The words of status.json: what shall run. They are parsed on every read, because a person can edit the file and a disk can tear it.
// What one entry has wrong costs that entry, and what another version added stays in it.
import * as z from 'zod/mini';
import { noticeSchema } from '../../../shared/contract/reports.ts';
import { processSpecSchema } from '../../../shared/contract/spec.ts';
import { keepUnknownFields } from '../../../shared/model/unknown-fields.ts';

/** Raised only when an older version could no longer read the file at all; fields are added without it. */
export const statusVersion = 1;

/** Older ones are forgotten. */
export const maxNotices = 50;

const storedInstanceSchema = z.object({
  id: z.int(),
  instance: z.int(),
  /** 0 where it is missing. */
  seat: z.optional(z.union([z.literal(0), z.literal(1)])),
  desired: z.enum(['up', 'down']),
  run: z.int(),
  restarts: z.int(),
  /** Hash of the inherited environment in `environments`. */
  environment: z.string(),
  /** What its child was started with, where that is not the newest definition. */
  applied: z.optional(processSpecSchema),
  /** Set when the instance ended on purpose or gave up: it is not started again by a new supervisor. */
  settled: z.nullable(z.object({ state: z.enum(['exited', 'errored']), reason: z.string() })),
  /** See `InstanceHistory`. */
  history: z.optional(z.unknown()),
});

const processHeadSchema = z.object({
  spec: processSpecSchema,
  scaled: z.optional(z.object({ from: z.int(), to: z.int() })),
  /** Its definition was lost with an earlier state file; `spec` is made up from what runs. */
  recovered: z.optional(z.boolean()),
  instances: z.array(z.unknown()),
});

const historySchema = z.object({
  /** The run up to which `restarts` counts. */
  counted: z.int(),
  /** Times of the failures that the restart policy goes by. */
  failures: z.array(z.number()),
  lastExit: z.nullable(z.object({ code: z.nullable(z.int()), signal: z.nullable(z.string()), at: z.number() })),
});

const environmentSchema = z.record(z.string(), z.string());

/** What the next supervisor should remember of an instance, and can do without. */
export type InstanceHistory = z.infer<typeof historySchema>;
export type StoredInstance = z.infer<typeof storedInstanceSchema>;
export type StoredProcess = Omit<z.infer<typeof processHeadSchema>, 'instances'> & { instances: StoredInstance[] };

export interface Status {
  readonly version: typeof statusVersion;
  readonly nextId: number;
  /** Inherited environments, each kept once. This is why the file is for its owner's eyes only. */
  readonly environments: Record<string, Record<string, string>>;
  readonly processes: readonly StoredProcess[];
  /** The newest notices; what an older version wrote has none. */
  readonly notices?: readonly z.infer<typeof noticeSchema>[];
  /** Set while children may run that the list does not name: all that began before this (ms since the epoch) are named; 0: nothing is known. */
  readonly namedUntil?: number;
}

export const emptyStatus: Status = { version: statusVersion, nextId: 0, environments: {}, processes: [] };

export interface ParsedStatus {
  readonly status: Status;
  /** What had to be left out, in words. */
  readonly problems: readonly string[];
  /** Names of processes that were left out or lack instances, as far as they can be read. */
  readonly broken: readonly string[];
}

/** null where there is none, or none that can be understood. */
export function parseHistory(value: unknown): InstanceHistory | null {
  return valid(historySchema, value)[0] ?? null;
}

/** null when it is no state at all. */
export function parseStatus(content: unknown): ParsedStatus | null {
  if (!isTable(content) || !Array.isArray(content['processes'])) return null;
  const problems: string[] = [];
  const broken: string[] = [];
  const processes: StoredProcess[] = [];
  const fail = (entry: unknown, position: number, what: string): void => {
    const name = nameIn(entry);
    problems.push(`the entry of ${name === null ? `process number ${position + 1}` : name} ${what}`);
    if (name !== null) broken.push(name);
  };
  content['processes'].forEach((entry: unknown, position) => {
    const head = z.safeParse(processHeadSchema, entry);
    if (!head.success) fail(entry, position, `is not valid${where(head.error)}`);
    else if (processes.some((one) => one.spec.name === head.data.spec.name)) fail(entry, position, 'is there twice');
    else {
      const instances = head.data.instances.map((one) => z.safeParse(storedInstanceSchema, one));
      const wrong = instances.find((one) => !one.success);
      if (wrong !== undefined) fail(entry, position, `has an instance that is not valid${where(wrong.error)}`);
      const numbers = new Set<number>();
      const kept = instances.map(({ data }) => {
        if (data === undefined) return null;
        if (numbers.has(data.instance)) {
          fail(entry, position, `has the instance ${data.instance} twice`);
          return null;
        }
        numbers.add(data.instance);
        return data;
      });
      const whole = kept.filter((one) => one !== null);
      const raw = isTable(entry) && Array.isArray(entry['instances']) ? entry['instances'].filter((_, index) => kept[index] !== null) : [];
      if (whole.length > 0) processes.push(keepUnknownFields({ ...(isTable(entry) ? entry : {}), instances: raw }, { ...head.data, instances: whole }));
    }
  });
  const { environments, notices, nextId, namedUntil, ...rest } = content;
  const status: Status = {
    ...rest,
    version: statusVersion,
    nextId: typeof nextId === 'number' && Number.isSafeInteger(nextId) ? nextId : 0,
    environments: validEnvironments(environments),
    processes,
    notices: Array.isArray(notices) ? notices.slice(-maxNotices).flatMap((one) => valid(noticeSchema, one)) : [],
    ...(typeof namedUntil === 'number' ? { namedUntil } : {}),
  };
  return { status: withOwnIds(status), problems, broken };
}

/** Ids are unique, and the next one is free, whoever edited the file. */
function withOwnIds(status: Status): Status {
  const seen = new Set<number>();
  let { nextId } = status;
  for (const { instances } of status.processes) for (const { id } of instances) nextId = Math.max(nextId, id + 1);
  const processes = status.processes.map((one) => ({
    ...one,
    instances: one.instances.map((instance) => {
      const id = seen.has(instance.id) ? nextId++ : instance.id;
      seen.add(id);
      return { ...instance, id };
    }),
  }));
  return { ...status, nextId, processes };
}

function validEnvironments(value: unknown): Record<string, Record<string, string>> {
  if (!isTable(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([hash, one]) => valid(environmentSchema, one).map((environment) => [hash, environment])));
}

function valid<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.infer<Schema>[] {
  const parsed = z.safeParse(schema, value);
  return parsed.success ? [keepUnknownFields(value, parsed.data)] : [];
}

function where(error: z.core.$ZodError): string {
  const path = error.issues[0]?.path.join('.') ?? '';
  return path === '' ? '' : ` at ${path}`;
}

function nameIn(entry: unknown): string | null {
  const spec = isTable(entry) ? entry['spec'] : null;
  return isTable(spec) && typeof spec['name'] === 'string' ? spec['name'] : null;
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
