// Address and key of the dashboard while it is open, so that the next engine opens the same one.
import { readFile, rm } from 'node:fs/promises';
import * as z from 'zod/mini';
import { errorCode, errorMessage, Failure } from '../../../shared/model/failure.ts';
import { writeFileAtomic } from '../../platform/atomic-file.ts';

const doorStateSchema = z.object({
  host: z.string().check(z.minLength(1), z.maxLength(255)),
  port: z.int().check(z.minimum(1), z.maximum(65535)),
  token: z.string().check(z.regex(/^[\w-]{43}$/)),
});

export type DoorState = z.infer<typeof doorStateSchema>;

/** null when the dashboard is not open. Throws a Failure `failed` when the file cannot be understood; its content is not told. */
export async function readDoorState(file: string): Promise<DoorState | null> {
  try {
    const parsed = z.safeParse(doorStateSchema, JSON.parse(await readFile(file, 'utf8')));
    if (parsed.success) return parsed.data;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    if (!(error instanceof SyntaxError)) throw new Failure('failed', `${file} cannot be read: ${errorMessage(error)}`);
  }
  throw new Failure('failed', `${file} is damaged: close the dashboard and open it again for a new key.`);
}

/** Readable by its owner only. Throws a Failure `failed`. */
export async function writeDoorState(file: string, state: DoorState): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(state)}\n`).catch((error: unknown) => {
    throw new Failure('failed', `${file} cannot be written, so the dashboard stays as it was: ${errorMessage(error)}`);
  });
}

export async function removeDoorState(file: string): Promise<void> {
  await rm(file, { force: true }).catch((error: unknown) => {
    throw new Failure('failed', `${file} cannot be removed: ${errorMessage(error)}`);
  });
}
