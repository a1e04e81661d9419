import { describe, expect, it } from 'vitest';
import type { DoorState } from '../../../electron/shim/door.ts';
import { Presence } from '../../../electron/shim/presence.ts';
import { manualClock } from '../../helpers/manual-clock.ts';

function setUp(own: { readonly busy?: boolean; readonly daemon?: boolean } = {}) {
  const clock = manualClock();
  const counts = { launched: 0, left: 0 };
  const home: { door: DoorState; abandoned: number } = { door: 'ours', abandoned: 0 };
  const presence = new Presence({
    clock,
    launch: own.daemon === false ? null : () => (counts.launched += 1),
    busy: () => own.busy ?? true,
    leave: () => (counts.left += 1),
    door: () => home.door,
    abandon: () => (home.abandoned += 1),
  });
  return { clock, counts, home, presence };
}

describe('Presence', () => {
  it('starts a supervisor 2 s after the last was lost, and again ever more seldom until one comes', () => {
    const { clock, counts, presence } = setUp();
    presence.connected();
    presence.disconnected(false);
    clock.advance(1999);
    expect(counts.launched).toBe(0);
    clock.advance(1);
    expect(counts.launched).toBe(1);
    clock.advance(5000);
    expect(counts.launched).toBe(2);
    clock.advance(10_000);
    expect(counts.launched).toBe(3);
    clock.advance(20_000 + 40_000 + 60_000 + 60_000);
    expect(counts.launched).toBe(7);
    presence.connected();
    clock.advance(600_000);
    expect(counts).toEqual({ launched: 7, left: 0 });
    expect(clock.pending).toBe(1);
  });

  it('does not when the supervisor is back in time', () => {
    const { clock, counts, presence } = setUp();
    presence.disconnected(false);
    clock.advance(1500);
    presence.connected();
    clock.advance(60_000);
    expect(counts.launched).toBe(0);
  });

  it('stays alone with its children after a release, and where it knows no daemon', () => {
    for (const own of [{ released: true }, { released: false, daemon: false }]) {
      const { clock, counts, presence } = setUp(own);
      presence.connected();
      presence.disconnected(own.released);
      clock.advance(3_600_000);
      expect(counts).toEqual({ launched: 0, left: 0 });
    }
  });

  it('ends 30 s after a release when it holds nothing', () => {
    const { clock, counts, presence } = setUp({ busy: false });
    presence.connected();
    presence.disconnected(true);
    clock.advance(29_999);
    expect(counts.left).toBe(0);
    clock.advance(1);
    expect(counts.left).toBe(1);
  });

  it('waits 10 s for its first supervisor before it counts as idle', () => {
    const { clock, counts } = setUp({ busy: false });
    clock.advance(39_999);
    expect(counts.left).toBe(0);
    clock.advance(1);
    expect(counts).toEqual({ launched: 0, left: 1 });
  });

  it('gives up when another shim has services in its place and nobody is connected here', () => {
    const { clock, home, presence } = setUp();
    presence.connected();
    home.door = 'taken';
    clock.advance(60_000);
    expect(home.abandoned).toBe(0);
    presence.disconnected(false);
    clock.advance(1000);
    expect(home.abandoned).toBe(1);
    clock.advance(60_000);
    expect(home.abandoned).toBe(1);
  });

  it('leaves the home to another shim when it holds nothing, even with a supervisor', () => {
    const { clock, home, presence } = setUp({ busy: false });
    presence.connected();
    home.door = 'taken';
    clock.advance(1000);
    expect(home.abandoned).toBe(1);
  });

  it('bears a home that is gone while it has a supervisor, and gives up after 4 s instead of starting one', () => {
    const { clock, counts, home, presence } = setUp();
    presence.connected();
    home.door = 'gone';
    clock.advance(60_000);
    expect(home.abandoned).toBe(0);
    home.door = 'ours';
    clock.advance(1000);
    home.door = 'gone';
    presence.disconnected(false);
    clock.advance(4000);
    expect([home.abandoned, counts.launched]).toEqual([0, 0]);
    clock.advance(1000);
    expect([home.abandoned, counts.launched]).toEqual([1, 0]);
  });

  it('waits for a home that comes back', () => {
    const { clock, counts, home, presence } = setUp();
    presence.connected();
    presence.disconnected(false);
    home.door = 'gone';
    clock.advance(3000);
    home.door = 'ours';
    clock.advance(4000);
    expect([home.abandoned, counts.launched]).toEqual([0, 1]);
  });

  it('starts nobody while it ends', () => {
    const { clock, counts, presence } = setUp();
    presence.connected();
    presence.stop();
    presence.disconnected(false);
    clock.advance(600_000);
    expect(counts).toEqual({ launched: 0, left: 0 });
    expect(clock.pending).toBe(0);
  });
});
