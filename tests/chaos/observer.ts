// Looks at the home again and again: what the engine says, and what the kernel knows.
import { createHttpTransport } from '../../electron/transport/http/client.ts';
import { createClient } from '../../shared/client/client.ts';
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import { findLeaders, type Leader } from './procfs.ts';
import type { World } from './world.ts';

export interface Observation {
  readonly at: number;
  /** null when no engine answers. */
  readonly list: readonly ProcessSnapshot[] | null;
  /** Looked at after the list was there. */
  readonly leaders: readonly Leader[];
}

const answerMs = 3000;
const pauseMs = 700;

export async function observe(world: World): Promise<Observation> {
  const client = createClient(createHttpTransport(world.paths.controlSocket));
  const list = await client.call('list', {}, { signal: AbortSignal.timeout(answerMs) }).catch(() => null);
  return { at: Date.now(), list, leaders: findLeaders(world.homeId) };
}

/** Calls `look` with each observation until it is stopped. */
export function startObserver(world: World, look: (observation: Observation) => void | Promise<void>): { stop(): Promise<void> } {
  let running = true;
  const work = (async () => {
    while (running) {
      await look(await observe(world));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  })();
  return {
    async stop() {
      running = false;
      await work;
    },
  };
}
