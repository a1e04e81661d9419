import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeys, createToken } from '../../../../electron/transport/door/keys.ts';
import { noneRevoked } from '../../../../electron/transport/door/revoked.ts';
import { createTryLimit } from '../../../../electron/transport/door/try-limit.ts';

const day = 24 * 60 * 60 * 1000;

function keysAt(token = createToken()) {
  const clock = { now: Date.UTC(2030, 0, 1) };
  return { clock, token, keys: createKeys({ token, revoked: noneRevoked }, () => clock.now) };
}

it('makes tokens of 256 bits', () => {
  const tokens = Array.from({ length: 100 }, createToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
});

it('knows its token and nothing near it', () => {
  const { keys, token } = keysAt();
  expect(keys.isToken(token)).toBe(true);
  for (const wrong of ['', token.slice(1), `${token} `, token.toUpperCase(), createToken()]) expect(keys.isToken(wrong)).toBe(false);
});

describe('cookies', () => {
  it('last a week, over engines with the same token, and end with it', () => {
    const { keys, token, clock } = keysAt();
    const { value, maxAgeSeconds } = keys.issueCookie();
    expect(maxAgeSeconds).toBe((7 * day) / 1000);
    const next = createKeys({ token, revoked: noneRevoked }, () => clock.now);
    expect(next.sessionOf(value) !== null).toBe(true);
    expect(createKeys({ token: createToken(), revoked: noneRevoked }, () => clock.now).sessionOf(value) !== null).toBe(false);
    clock.now += 7 * day - 1;
    expect(next.sessionOf(value) !== null).toBe(true);
    clock.now += 1;
    expect(next.sessionOf(value) !== null).toBe(false);
  });

  it('cannot be made or prolonged without the token', () => {
    const { keys, token } = keysAt();
    const [until = '', signature = ''] = keys.issueCookie().value.split('.');
    for (const forged of ['', '.', until, `${until}.`, `.${signature}`, `z${until}.${signature}`, `${until}0.${signature}`, `${until}.${signature.slice(1)}`, token, `${until}.${token}`]) expect(keys.sessionOf(forged) !== null, forged).toBe(false);
  });
});

describe('sessions', () => {
  it('are two for two logins in the same moment, and end one by one', () => {
    const { keys, token, clock } = keysAt();
    const [one, other] = [keys.issueCookie().value, keys.issueCookie().value];
    const session = keys.sessionOf(one);
    if (session !== null) keys.endSession(session);
    expect([keys.sessionOf(one), keys.sessionOf(other) !== null]).toEqual([null, true]);
    const next = createKeys({ token, revoked: keys.state.revoked }, () => clock.now);
    expect([next.sessionOf(one), next.sessionOf(other) !== null]).toEqual([null, true]);
  });

  it('of TSPM 0.1, which had no name, are known and can be ended', () => {
    const { keys, token, clock } = keysAt();
    const until = (clock.now + day).toString(36);
    const cookie = `${until}.${createHmac('sha256', token).update(`session ${until}`).digest('base64url')}`;
    const session = keys.sessionOf(cookie);
    expect(session).toEqual({ name: until, until: clock.now + day });
    if (session !== null) keys.endSession(session);
    expect(keys.sessionOf(cookie)).toBeNull();
  });

  it('that have ended are bounded: with too many, older ones end too, and none comes back', () => {
    const { keys, clock } = keysAt();
    const ended = Array.from({ length: 400 }, () => {
      clock.now += 1;
      return keys.issueCookie().value;
    });
    const [survivor = '', ...rest] = [keys.issueCookie().value, ...ended];
    for (const cookie of rest) {
      const session = keys.sessionOf(cookie);
      if (session !== null) keys.endSession(session);
    }
    expect(rest.filter((cookie) => keys.sessionOf(cookie) !== null)).toEqual([]);
    expect(keys.sessionOf(survivor)).not.toBeNull();
    expect(keys.state.revoked.sessions.length).toBeLessThanOrEqual(256);
    clock.now += 8 * day;
    const last = keys.sessionOf(keys.issueCookie().value);
    if (last !== null) keys.endSession(last);
    expect(keys.state.revoked.sessions).toEqual([last]);
  });

  it('all end with the token', () => {
    const { keys } = keysAt();
    const [cookie, ticket] = [keys.issueCookie().value, keys.issueTicket()];
    keys.rotate(createToken());
    expect([keys.sessionOf(cookie), keys.redeem(ticket)]).toEqual([null, false]);
  });
});

describe('tickets', () => {
  it('work once, within a minute', () => {
    const { keys, clock } = keysAt();
    const [first, second] = [keys.issueTicket(), keys.issueTicket()];
    expect([keys.redeem(first), keys.redeem(first), keys.redeem('other')]).toEqual([true, false, false]);
    clock.now += 60_000;
    expect(keys.redeem(second)).toBe(false);
  });

  it('are at most 16: the oldest go', () => {
    const { keys } = keysAt();
    const all = Array.from({ length: 17 }, () => keys.issueTicket());
    expect(all.map((ticket) => keys.redeem(ticket))).toEqual([false, ...Array.from({ length: 16 }, () => true)]);
  });

  it('are no token and no cookie', () => {
    const { keys } = keysAt();
    const ticket = keys.issueTicket();
    expect([keys.isToken(ticket), keys.sessionOf(ticket) !== null]).toEqual([false, false]);
  });
});

it('counts wrong keys of the last second', () => {
  const clock = { now: 0 };
  const limit = createTryLimit(2, () => clock.now);
  expect([limit.wrong(), limit.wrong(), limit.wrong()]).toEqual([true, true, false]);
  clock.now = 999;
  expect(limit.wrong()).toBe(false);
  clock.now = 2000;
  expect([limit.wrong(), limit.wrong(), limit.wrong()]).toEqual([true, true, false]);
});
