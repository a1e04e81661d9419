import { describe, expect, it } from 'vitest';
import { createKeys, createToken } from '../../../../electron/transport/door/keys.ts';
import { createTryLimit } from '../../../../electron/transport/door/try-limit.ts';

const day = 24 * 60 * 60 * 1000;

function keysAt(token = createToken()) {
  const clock = { now: Date.UTC(2030, 0, 1) };
  return { clock, token, keys: createKeys(token, () => clock.now) };
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
    const next = createKeys(token, () => clock.now);
    expect(next.isCookie(value)).toBe(true);
    expect(createKeys(createToken(), () => clock.now).isCookie(value)).toBe(false);
    clock.now += 7 * day - 1;
    expect(next.isCookie(value)).toBe(true);
    clock.now += 1;
    expect(next.isCookie(value)).toBe(false);
  });

  it('cannot be made or prolonged without the token', () => {
    const { keys, token } = keysAt();
    const [until = '', signature = ''] = keys.issueCookie().value.split('.');
    for (const forged of ['', '.', until, `${until}.`, `.${signature}`, `z${until}.${signature}`, `${until}0.${signature}`, `${until}.${signature.slice(1)}`, token, `${until}.${token}`]) expect(keys.isCookie(forged), forged).toBe(false);
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
    expect([keys.isToken(ticket), keys.isCookie(ticket)]).toEqual([false, false]);
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
