// The words between the shim and its preload inside a Node program. Both are of one version: the shim starts the program with it.

/** Node hides messages whose command begins with NODE_ from the program. */
export const handoffCommand = 'NODE_TSPM';

export type ToPreload = { readonly cmd: typeof handoffCommand; readonly type: 'connection' | 'drain' };

export type WordFromPreload =
  | { readonly type: 'listening' }
  | { readonly type: 'drained' }
  /** In the order of the connections: so many taken, then so many refused. `closed` of those that were taken have ended. */
  | { readonly type: 'counts'; readonly taken: number; readonly refused: number; readonly closed: number };

export type FromPreload = { readonly cmd: typeof handoffCommand } & WordFromPreload;

/** null for anything else: the program can write to its channel as well. */
export function parseWord(message: unknown): WordFromPreload | null {
  if (typeof message !== 'object' || message === null || !('cmd' in message) || message.cmd !== handoffCommand || !('type' in message)) return null;
  if (message.type === 'listening' || message.type === 'drained') return { type: message.type };
  if (message.type !== 'counts') return null;
  const { taken, refused, closed } = message as Readonly<Record<string, unknown>>;
  return { type: 'counts', taken: count(taken), refused: count(refused), closed: count(closed) };
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
