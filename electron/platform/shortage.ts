// What the system cannot give just now it can give in a moment: descriptors, processes, memory. Such a failure says nothing of
// what was asked for, and whoever takes it for an answer ("no such process") does the wrong thing.
import { errorCode } from '../../shared/model/failure.ts';

const codes: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'ENOBUFS']);
const initialDelayMs = 10;
const maxDelayMs = 250;
const patienceMs = 10_000;

export function isShortage(error: unknown): boolean {
  return codes.has(errorCode(error) ?? '');
}

/** Tries again, with growing pauses, while the system is short of something. After ten seconds the failure is thrown, as any other is at once. */
export async function patiently<Result>(act: () => Promise<Result>): Promise<Result> {
  const begin = performance.now();
  for (let delayMs = initialDelayMs; ; delayMs = Math.min(maxDelayMs, delayMs * 2)) {
    try {
      return await act();
    } catch (error) {
      if (!isShortage(error) || performance.now() - begin > patienceMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }
}
