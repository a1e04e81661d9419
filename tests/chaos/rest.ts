// The desired state, which has to be there soon after the last fault, whatever happened before.
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import { observe, type Observation } from './observer.ts';
import type { World } from './world.ts';

const pauseMs = 250;

/** Waits until everything is as the list wants it. What is not by then is a violation, and the last look is given all the same. */
export async function comeToRest(world: World, limitMs: number, what: string): Promise<Observation> {
  const begin = performance.now();
  for (;;) {
    const observation = await observe(world);
    const problem = unrest(world, observation);
    if (problem === null) {
      world.history.note(`at rest ${((performance.now() - begin) / 1000).toFixed(1)} s after ${what}`);
      return observation;
    }
    if (performance.now() - begin > limitMs) {
      world.history.violated('desired state', `${limitMs / 1000} s after ${what}: ${problem}`);
      return observation;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function unrest(world: World, { list, leaders }: Observation): string | null {
  if (list === null) return 'no engine answers';
  const restless = new Set(world.services.filter((one) => one.restless).map(({ name }) => name));
  const wrong = list.filter((one) => !restless.has(one.name) && !isRight(one));
  if (wrong.length > 0) return wrong.map(({ name, instance, state, desired, pid, reason }) => `${name}:${instance} is ${state}, wanted ${desired}, pid ${pid ?? '-'} ${reason}`).join('; ');
  const known = new Set(list.map(({ pid }) => pid));
  const strangers = leaders.filter(({ pid, key }) => !known.has(pid) && !restless.has(key.split(':')[0] ?? ''));
  return strangers.length === 0 ? null : `not in the list: ${strangers.map(({ key, pid }) => `${key} (${pid})`).join(', ')}`;
}

function isRight({ state, desired }: ProcessSnapshot): boolean {
  return desired === 'up' ? state === 'online' : state === 'stopped' || state === 'exited' || state === 'errored';
}
