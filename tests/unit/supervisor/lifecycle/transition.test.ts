// The lifecycle table, every pair of state and event, against the table of the design.
import { describe, expect, it } from 'vitest';
import type { Effect, Life, LifeEvent } from '../../../../electron/supervisor/lifecycle/life.ts';
import { transition } from '../../../../electron/supervisor/lifecycle/transition.ts';

const backoff = { next: 'backoff', delayMs: 400, reason: 'exited with code 1' } as const;
const exited = { next: 'exited', reason: 'completed' } as const;
const errored = { next: 'errored', reason: 'gave up' } as const;

const lives: Readonly<Record<string, Life>> = {
  stopped: { state: 'stopped' },
  waiting: { state: 'waiting' },
  starting: { state: 'starting' },
  online: { state: 'online' },
  'stopping down': { state: 'stopping', desired: 'down', cause: 'command' },
  'stopping up': { state: 'stopping', desired: 'up', cause: 'command' },
  'stopping unready': { state: 'stopping', desired: 'up', cause: 'unready' },
  backoff: { state: 'backoff', reason: 'r' },
  lost: { state: 'lost', reason: 'r' },
  exited: { state: 'exited', reason: 'r' },
  errored: { state: 'errored', reason: 'r' },
};

const events: Readonly<Record<string, LifeEvent>> = {
  start: { type: 'start' },
  stop: { type: 'stop' },
  restart: { type: 'restart' },
  released: { type: 'released' },
  spawned: { type: 'spawned' },
  ready: { type: 'ready' },
  'ready-timeout': { type: 'ready-timeout' },
  'kill-timeout': { type: 'kill-timeout' },
  'backoff-elapsed': { type: 'backoff-elapsed' },
  'ended: backoff': { type: 'ended', decision: backoff, desired: 'up' },
  'ended: exited': { type: 'ended', decision: exited, desired: 'up' },
  'ended: errored': { type: 'ended', decision: errored, desired: 'up' },
  'ended: down': { type: 'ended', decision: backoff, desired: 'down' },
  lost: { type: 'lost', reason: 'l' },
  'missed: up': { type: 'missed', desired: 'up' },
  'missed: down': { type: 'missed', desired: 'down' },
  adopted: { type: 'adopted' },
};

/** next state and effects; a pair that is not named does nothing. */
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lost: { lost: 'lost cancel', 'missed: up': 'waiting cancel ask', 'missed: down': 'stopped cancel', adopted: 'starting cancel watch' },
  stopped: { lost: 'lost cancel', start: 'waiting cancel reset ask', restart: 'waiting cancel reset ask', adopted: 'starting cancel watch' },
  exited: { start: 'waiting cancel reset ask', restart: 'waiting cancel reset ask', stop: 'stopped cancel', adopted: 'starting cancel watch' },
  errored: { start: 'waiting cancel reset ask', restart: 'waiting cancel reset ask', stop: 'stopped cancel', adopted: 'starting cancel watch' },
  waiting: { stop: 'stopped cancel', released: 'starting spawn', adopted: 'starting cancel watch' },
  backoff: {
    start: 'waiting cancel ask',
    restart: 'waiting cancel ask',
    stop: 'stopped cancel',
    'backoff-elapsed': 'waiting cancel ask',
    adopted: 'starting cancel watch',
  },
  starting: {
    stop: 'stopping/down/command cancel terminate',
    restart: 'stopping/up/command cancel terminate',
    spawned: 'starting cancel watch',
    ready: 'online cancel',
    'ready-timeout': 'stopping/up/unready cancel terminate',
    'ended: backoff': 'backoff cancel arm',
    'ended: exited': 'exited cancel',
    'ended: errored': 'errored cancel',
    'ended: down': 'stopped cancel',
    lost: 'lost cancel',
  },
  online: {
    stop: 'stopping/down/command cancel terminate',
    restart: 'stopping/up/command cancel terminate',
    'ended: backoff': 'backoff cancel arm',
    'ended: exited': 'exited cancel',
    'ended: errored': 'errored cancel',
    'ended: down': 'stopped cancel',
    lost: 'lost cancel',
  },
  'stopping down': {
    start: 'stopping/up/command',
    restart: 'stopping/up/command',
    'kill-timeout': 'stopping/down/command kill',
    'ended: backoff': 'stopped cancel',
    'ended: exited': 'stopped cancel',
    'ended: errored': 'stopped cancel',
    'ended: down': 'stopped cancel',
    lost: 'lost cancel',
  },
  'stopping up': {
    stop: 'stopping/down/command',
    'kill-timeout': 'stopping/up/command kill',
    'ended: backoff': 'waiting cancel ask',
    'ended: exited': 'waiting cancel ask',
    'ended: errored': 'waiting cancel ask',
    'ended: down': 'waiting cancel ask',
    lost: 'lost cancel',
  },
  'stopping unready': {
    start: 'stopping/up/command',
    restart: 'stopping/up/command',
    stop: 'stopping/down/command',
    'kill-timeout': 'stopping/up/unready kill',
    'ended: backoff': 'backoff cancel arm',
    'ended: exited': 'exited cancel',
    'ended: errored': 'errored cancel',
    'ended: down': 'backoff cancel arm',
    lost: 'lost cancel',
  },
};

const effectNames: Readonly<Record<Effect['type'], string>> = {
  'ask-dependencies': 'ask',
  spawn: 'spawn',
  'watch-readiness': 'watch',
  terminate: 'terminate',
  'kill-group': 'kill',
  'arm-backoff': 'arm',
  'cancel-timers': 'cancel',
  'reset-budget': 'reset',
};

function show(life: Life): string {
  return life.state === 'stopping' ? `stopping/${life.desired}/${life.cause}` : life.state;
}

describe('transition', () => {
  for (const [lifeName, life] of Object.entries(lives)) {
    for (const [eventName, event] of Object.entries(events)) {
      const expected = table[lifeName]?.[eventName];
      it(`${lifeName} × ${eventName} → ${expected ?? 'nothing'}`, () => {
        const [next, effects] = transition(life, event);
        if (expected === undefined) {
          expect(show(next)).toBe(show(life));
          expect(effects).toEqual([]);
        } else {
          expect([show(next), ...effects.map((effect) => effectNames[effect.type])].join(' ')).toBe(expected);
        }
      });
    }
  }

  it('carries the reason and the delay of the decision', () => {
    const [next, effects] = transition({ state: 'online' }, { type: 'ended', decision: backoff, desired: 'up' });
    expect(next).toEqual({ state: 'backoff', reason: 'exited with code 1' });
    expect(effects).toContainEqual({ type: 'arm-backoff', delayMs: 400 });
  });
});
