// Whether a process has ended. One that is dead and not reaped yet has.
import { processStartTime } from '../../electron/platform/process-identity.ts';

export async function isGone(pid: number): Promise<boolean> {
  return (await processStartTime(pid)) === null;
}
