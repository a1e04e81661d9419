// Waits for the other side of a socket to leave.
import { accepts } from '../transport/launch.ts';

const lookAgainMs = 10;

/** Resolves when nothing accepts connections on this socket any more, or after `timeoutMs`. */
export async function socketGone(socket: string, timeoutMs: number): Promise<void> {
  const begin = performance.now();
  while ((await accepts(socket)) && performance.now() - begin < timeoutMs) {
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}
