// Opens a file of a log for reading. It may lie in a folder where others write: what they put there is not shown as a log.
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { errorCode, Failure } from '../../../shared/model/failure.ts';
import { resolveLinks } from '../../platform/resolve-links.ts';
import { openTrusted } from '../../platform/trust/open-trusted.ts';

/** null when there is no such file. Throws a Failure `failed` for what others may have put there, an Error for a link of theirs, and the system error. */
export async function openLog(file: string): Promise<FileHandle | null> {
  try {
    return (await openTrusted(await resolveLinks(file), constants.O_RDONLY)).handle;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    if (error instanceof Failure) throw new Failure('failed', `the log ${file} cannot be read: ${error.message}`);
    throw error;
  }
}
