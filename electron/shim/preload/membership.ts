// What both kinds of membership offer, and how they speak to the shim.
import type { Server } from 'node:net';
import { handoffCommand, type FromPreload, type WordFromPreload } from '../preload-protocol.ts';
import type { Replacement } from './listen.ts';

export interface Membership {
  /** What a server that the program lets listen on its port listens on. */
  readonly options: (server: Server) => Replacement;
  readonly listening: (server: Server) => void;
  /** An accepted connection has come. */
  readonly connection: (handle: unknown) => void;
  /** Take nothing new, let the clients go elsewhere. */
  readonly drain: () => void;
}

/** A shim that is gone hears nothing; the program is told by other means. */
export function tell(word: WordFromPreload): void {
  if (process.connected) process.send?.({ cmd: handoffCommand, ...word } satisfies FromPreload, undefined, undefined, () => undefined);
}
