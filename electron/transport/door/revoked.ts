// Sessions that have ended before their time. Kept until they would have run out, and bounded: with too many of them, all sessions as
// old as the oldest end too.
import * as z from 'zod/mini';

const maxRevoked = 256;

/** Name and end (ms since the epoch) of a session. */
const sessionSchema = z.object({ name: z.string().check(z.maxLength(64)), until: z.number() });

export const revokedSchema = z.object({
  sessions: z.array(sessionSchema).check(z.maxLength(maxRevoked)),
  /** All sessions that would run out by then have ended. */
  allUntil: z.number(),
});

export type Session = z.infer<typeof sessionSchema>;
export type Revoked = z.infer<typeof revokedSchema>;

export const noneRevoked: Revoked = { sessions: [], allUntil: 0 };

export function isRevoked({ sessions, allUntil }: Revoked, session: Session): boolean {
  return session.until <= allUntil || sessions.some(({ name }) => name === session.name);
}

export function revoke(revoked: Revoked, session: Session, now: number): Revoked {
  if (isRevoked(revoked, session)) return revoked;
  const live = [...revoked.sessions, session].filter(({ until }) => until > now).sort((one, other) => other.until - one.until);
  const surplus = live.slice(maxRevoked);
  return { sessions: live.slice(0, maxRevoked), allUntil: Math.max(revoked.allUntil, surplus[0]?.until ?? 0) };
}
