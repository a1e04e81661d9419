// The words of status.json: what shall run. Parsed on every read, because a person can edit it and a disk can tear it.
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { processSpecSchema } from '../../../shared/contract/spec.ts';
import { errorCode, errorMessage, Failure } from '../../../shared/model/failure.ts';

export const statusVersion = 1;

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
});

const scaledSchema = z.object({ from: z.int(), to: z.int() });

const statusSchema = z.object({
  version: z.literal(statusVersion),
  nextId: z.int(),
  /** Inherited environments, each kept once. This is why the file is for its owner's eyes only. */
  environments: z.record(z.string(), z.record(z.string(), z.string())),
  processes: z.array(z.object({ spec: processSpecSchema, scaled: z.optional(scaledSchema), instances: z.array(storedInstanceSchema) })),
});

export type StoredInstance = z.infer<typeof storedInstanceSchema>;
export type Status = z.infer<typeof statusSchema>;
export type StoredProcess = Status['processes'][number];

export const emptyStatus: Status = { version: statusVersion, nextId: 0, environments: {}, processes: [] };

/** Reads the desired state; no file is an empty state. Throws a Failure when the file is there and is not whole. */
export async function readStatus(file: string): Promise<Status> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return emptyStatus;
    throw new Failure('failed', `${file} cannot be read: ${errorMessage(error)}. Make it readable for this user.`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Failure('failed', `${file} is not valid JSON: ${errorMessage(error)}. Mend it, or move it away to begin with an empty list (what runs now is ended then).`);
  }
  const parsed = z.safeParse(statusSchema, content);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Failure('failed', `${file} is not a state of this version (at ${where || 'the top'}). Move it away to begin with an empty list; what runs now is ended then.`);
}
