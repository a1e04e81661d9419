// What opens the door: the token, tickets that work once, and cookies that were signed with the token, so that the next engine,
// which has the same token, knows them too.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isRevoked, noneRevoked, revoke, type Revoked, type Session } from './revoked.ts';

/** A week: whoever sees the cookie has no longer. */
const sessionMs = 7 * 24 * 60 * 60 * 1000;
const ticketMs = 60_000;
const maxTickets = 16;

export interface KeyState {
  readonly token: string;
  readonly revoked: Revoked;
}

export interface Keys {
  /** What the next engine has to know. */
  readonly state: KeyState;
  isToken(candidate: string): boolean;
  /** True once for each ticket, within a minute. */
  redeem(candidate: string): boolean;
  issueTicket(): string;
  issueCookie(): { readonly value: string; readonly maxAgeSeconds: number };
  /** The session of a cookie; null when it is not ours, has run out or was ended. */
  sessionOf(cookie: string): Session | null;
  endSession(session: Session): void;
  /** From now on another token holds: no ticket, cookie or token from before opens anything. */
  rotate(token: string): void;
}

/** 256 random bits, fit for a URL. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** `now`: milliseconds since the epoch. */
export function createKeys(initial: KeyState, now: () => number): Keys {
  let state = initial;
  let tickets: readonly { readonly value: string; readonly until: number }[] = [];

  const sign = (name: string): string => createHmac('sha256', state.token).update(`session ${name}`).digest('base64url');

  return {
    get state() {
      return state;
    },
    isToken: (candidate) => isSame(candidate, state.token),
    redeem(candidate) {
      tickets = tickets.filter(({ until }) => until > now());
      const left = tickets.filter(({ value }) => !isSame(candidate, value));
      const found = left.length < tickets.length;
      tickets = left;
      return found;
    },
    issueTicket() {
      const value = createToken();
      tickets = [...tickets, { value, until: now() + ticketMs }].slice(-maxTickets);
      return value;
    },
    issueCookie() {
      // The end comes first, which is all that TSPM 0.1 reads; the rest makes it the name of one session.
      const name = `${(now() + sessionMs).toString(36)}-${randomBytes(9).toString('base64url')}`;
      return { value: `${name}.${sign(name)}`, maxAgeSeconds: sessionMs / 1000 };
    },
    sessionOf(cookie) {
      const [name = '', signature = ''] = cookie.split('.');
      if (!isSame(signature, sign(name))) return null;
      const session = { name, until: Number.parseInt(name, 36) };
      return session.until > now() && !isRevoked(state.revoked, session) ? session : null;
    },
    endSession(session) {
      state = { ...state, revoked: revoke(state.revoked, session, now()) };
    },
    rotate(token) {
      tickets = [];
      state = { token, revoked: noneRevoked };
    },
  };
}

/** Takes the same time whatever differs; the digests have the same length. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
