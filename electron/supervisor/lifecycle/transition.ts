// The lifecycle as one table, state × event. "Do nothing" is written down; a pair that is missing does not compile.
import type { Desired } from '../../../shared/model/process-state.ts';
import type { Decision, Effect, Life, LifeEvent, StopCause, Transition } from './life.ts';

type Cell<State extends Life['state'], Type extends LifeEvent['type']> = (
  life: Extract<Life, { state: State }>,
  event: Extract<LifeEvent, { type: Type }>,
) => Transition;

type Table = { readonly [State in Life['state']]: { readonly [Type in LifeEvent['type']]: Cell<State, Type> } };

/** Nothing to do in this state: a repeated wish, or news of a run that is over. */
const nop = (life: Life): Transition => [life, []];

const waiting = (...before: readonly Effect[]): Transition => [{ state: 'waiting' }, [...before, { type: 'ask-dependencies' }]];
const afresh = (): Transition => waiting({ type: 'cancel-timers' }, { type: 'reset-budget' });
const stopped = (): Transition => [{ state: 'stopped' }, [{ type: 'cancel-timers' }]];
const stopping = (desired: Desired, cause: StopCause = 'command') => (): Transition => [
  { state: 'stopping', desired, cause },
  [{ type: 'cancel-timers' }, { type: 'terminate' }],
];
/** The newest wish wins, whatever the child was stopped for. */
const wish = (desired: Desired) => (): Transition => [{ state: 'stopping', desired, cause: 'command' }, []];
const watching = (): Transition => [{ state: 'starting' }, [{ type: 'cancel-timers' }, { type: 'watch-readiness' }]];

/** A child ended by itself. */
function ended(_life: Life, event: { readonly decision: Decision; readonly desired: Desired }): Transition {
  return event.desired === 'down' ? stopped() : settle(event.decision);
}

const lost = (_life: Life, { reason }: { readonly reason: string }): Transition => [{ state: 'lost', reason }, [{ type: 'cancel-timers' }]];

function missed(_life: Life, event: { readonly desired: Desired }): Transition {
  return event.desired === 'down' ? stopped() : waiting({ type: 'cancel-timers' });
}

function settle(decision: Decision): Transition {
  if (decision.next === 'backoff') {
    return [{ state: 'backoff', reason: decision.reason }, [{ type: 'cancel-timers' }, { type: 'arm-backoff', delayMs: decision.delayMs }]];
  }
  return [{ state: decision.next, reason: decision.reason }, [{ type: 'cancel-timers' }]];
}

const atRest = {
  start: afresh,
  restart: afresh,
  released: nop,
  spawned: nop,
  ready: nop,
  'ready-timeout': nop,
  'kill-timeout': nop,
  'backoff-elapsed': nop,
  ended: nop,
  lost: nop,
  missed: nop,
  adopted: watching,
} as const;

const table: Table = {
  stopped: { ...atRest, stop: nop, lost },
  exited: { ...atRest, stop: stopped },
  errored: { ...atRest, stop: stopped },
  waiting: {
    ...atRest,
    start: nop,
    stop: stopped,
    restart: nop,
    released: () => [{ state: 'starting' }, [{ type: 'spawn' }]],
  },
  backoff: {
    ...atRest,
    start: () => waiting({ type: 'cancel-timers' }),
    stop: stopped,
    restart: () => waiting({ type: 'cancel-timers' }),
    'backoff-elapsed': () => waiting({ type: 'cancel-timers' }),
  },
  // The newest wish is remembered by the instance, and carried out as soon as its child is found or missed.
  lost: { ...atRest, start: nop, stop: nop, restart: nop, lost, missed },
  starting: {
    start: nop,
    stop: stopping('down'),
    restart: stopping('up'),
    released: nop,
    spawned: watching,
    ready: () => [{ state: 'online' }, [{ type: 'cancel-timers' }]],
    'ready-timeout': stopping('up', 'unready'),
    'kill-timeout': nop,
    'backoff-elapsed': nop,
    ended,
    lost,
    missed: nop,
    adopted: nop,
  },
  online: {
    start: nop,
    stop: stopping('down'),
    restart: stopping('up'),
    released: nop,
    spawned: nop,
    ready: nop,
    'ready-timeout': nop,
    'kill-timeout': nop,
    'backoff-elapsed': nop,
    ended,
    lost,
    missed: nop,
    adopted: nop,
  },
  stopping: {
    start: wish('up'),
    stop: wish('down'),
    restart: wish('up'),
    released: nop,
    spawned: nop,
    ready: nop,
    'ready-timeout': nop,
    'kill-timeout': (life) => [life, [{ type: 'kill-group' }]],
    'backoff-elapsed': nop,
    ended: (life, event) => {
      if (life.desired === 'down') return stopped();
      return life.cause === 'unready' ? settle(event.decision) : waiting({ type: 'cancel-timers' });
    },
    lost,
    missed: nop,
    adopted: nop,
  },
};

/** Pure and total: what an instance becomes when something happens to it, and what has to be done about it. */
export function transition(life: Life, event: LifeEvent): Transition {
  // The table's type pairs every state and event with a cell of exactly these two; an index loses that pairing.
  const cell = table[life.state][event.type] as (life: Life, event: LifeEvent) => Transition;
  return cell(life, event);
}
