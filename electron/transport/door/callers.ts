// Who is connected with which key, so that what is open ends with its session.
import type { Session } from './revoked.ts';

/** Showed the token itself, and not the cookie of a session. */
export type Caller = Session | 'token';

export interface Callers {
  /** `end` is called when the caller's session ends; the result forgets it. */
  add(caller: Caller, end: () => void): () => void;
  endSession(session: Session): void;
  endAll(): void;
}

export function createCallers(): Callers {
  const open = new Map<() => void, string>();
  const keyOf = (caller: Caller): string => (caller === 'token' ? '' : caller.name);

  function endWhere(chosen: (key: string) => boolean): void {
    for (const [end, key] of open) {
      if (!chosen(key)) continue;
      open.delete(end);
      end();
    }
  }

  return {
    add(caller, end) {
      const own = (): void => end();
      open.set(own, keyOf(caller));
      return () => void open.delete(own);
    },
    endSession: (session) => endWhere((key) => key === session.name),
    endAll: () => endWhere(() => true),
  };
}
