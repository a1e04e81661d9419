// A glance at the saved state of a home without an engine: does it name any process? Only the engine reads the rest.
import { readFile } from 'node:fs/promises';
import { errorCode } from '../../shared/model/failure.ts';

/** A file that is there but cannot be understood counts as yes: the engine then says what is wrong with it. */
export async function hasSavedProcesses(statusFile: string): Promise<boolean> {
  try {
    const state: unknown = JSON.parse(await readFile(statusFile, 'utf8'));
    if (typeof state !== 'object' || state === null || !('processes' in state)) return true;
    return !Array.isArray(state.processes) || state.processes.length > 0;
  } catch (error) {
    return errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR';
  }
}
