// Address and key of the dashboard while it is open, so that the next engine opens the same one.
import { constants } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import * as z from 'zod/mini';
import { errorCode, errorMessage, Failure } from '../../../shared/model/failure.ts';
import { writeFileAtomic } from '../../platform/atomic-file.ts';
import { noneRevoked, revokedSchema } from './revoked.ts';

const doorStateSchema = z.object({
  host: z.string().check(z.minLength(1), z.maxLength(255)),
  port: z.int().check(z.minimum(1), z.maximum(65535)),
  token: z.string().check(z.regex(/^[\w-]{43}$/)),
  /** Pages may start any command. */
  allowCommands: z._default(z.boolean(), false),
  revoked: z._default(revokedSchema, noneRevoked),
});

export type DoorState = z.infer<typeof doorStateSchema>;

export interface StoredDoor {
  readonly state: DoorState;
  /** Others could read the file, and so may know the key. */
  readonly exposed: boolean;
}

const maxBytes = 1 << 20;
const readableByOthers = 0o077;

/** null when the dashboard is not open. Throws a Failure `failed` when the file cannot be understood; its content is not told. */
export async function readDoorState(file: string): Promise<StoredDoor | null> {
  try {
    const { text, exposed } = await readOwn(file);
    const parsed = z.safeParse(doorStateSchema, JSON.parse(text));
    if (parsed.success) return { state: parsed.data, exposed };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    if (!(error instanceof SyntaxError)) throw new Failure('failed', `${file} cannot be read: ${errorMessage(error)}`);
  }
  throw new Failure('failed', `${file} is damaged: close the dashboard and open it again for a new key.`);
}

/** Follows no link, and waits for nobody: what lies there may be a pipe. */
async function readOwn(file: string): Promise<{ readonly text: string; readonly exposed: boolean }> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > maxBytes) throw new Failure('failed', 'it is not a file of TSPM');
    const exposed = process.platform !== 'win32' && (stats.mode & readableByOthers) !== 0;
    return { text: await handle.readFile('utf8'), exposed };
  } finally {
    await handle.close();
  }
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
