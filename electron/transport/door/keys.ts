// What opens the door: the token, tickets that work once, and cookies that were signed with the token, so that the next engine,
// which has the same token, knows them too.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A week: whoever sees the cookie has no longer. */
const sessionMs = 7 * 24 * 60 * 60 * 1000;
const ticketMs = 60_000;
const maxTickets = 16;

export interface Keys {
  isToken(candidate: string): boolean;
  /** True once for each ticket, within a minute. */
  redeem(candidate: string): boolean;
  issueTicket(): string;
  issueCookie(): { readonly value: string; readonly maxAgeSeconds: number };
  isCookie(candidate: string): boolean;
}

/** 256 random bits, fit for a URL. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** `now`: milliseconds since the epoch. */
export function createKeys(token: string, now: () => number): Keys {
  let tickets: readonly { readonly value: string; readonly until: number }[] = [];

  const sign = (until: string): string => createHmac('sha256', token).update(`session ${until}`).digest('base64url');

  return {
    isToken: (candidate) => isSame(candidate, token),
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
      const until = (now() + sessionMs).toString(36);
      return { value: `${until}.${sign(until)}`, maxAgeSeconds: sessionMs / 1000 };
    },
    isCookie(candidate) {
      const [until = '', signature = ''] = candidate.split('.');
      return isSame(signature, sign(until)) && Number.parseInt(until, 36) > now();
    },
  };
}

/** Takes the same time whatever differs; the digests have the same length. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
