// What a state file can do to an engine that comes up over it.
import { expect, it } from 'vitest';
import { homePaths } from '../../../electron/platform/home.ts';
import { Engine } from '../../../electron/supervisor/engine.ts';
import { createInstancePorts } from '../../../electron/supervisor/instance-ports.ts';
import { couldName, restoreList } from '../../../electron/supervisor/recovery.ts';
import type { StoredProcess } from '../../../electron/supervisor/state/status-file.ts';
import { createStoppableClock } from '../../../electron/supervisor/stoppable-clock.ts';
import { makeSpec } from '../../helpers/specs.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

async function newEngine(): Promise<Engine> {
  const paths = homePaths({ TSPM_HOME: await temporaryFolder() });
  return new Engine({ paths, clock: createStoppableClock(manualClock()), random: () => 0.5, log: () => undefined, preload: '', environment: async () => ({}) }, createInstancePorts);
}

function stored(name: string): StoredProcess {
  return { spec: makeSpec({ name }), instances: [{ id: 0, instance: 0, desired: 'up', run: 3, restarts: 1, environment: '', settled: null }] };
}

it('is not kept down by very many notices', async () => {
  const engine = await newEngine();
  restoreList(engine, { version: 1, nextId: 1, environments: {}, processes: [], notices: Array.from({ length: 400_000 }, (_, at) => ({ at, message: 'x' })) });
  expect([engine.notices.length, engine.notices.at(-1)?.at]).toEqual([50, 399_999]);
});

it('loses one entry, and says so, when it throws', async () => {
  const engine = await newEngine();
  const bad = stored('bad');
  const [instance] = bad.instances;
  Object.defineProperty(instance, 'history', { enumerable: true, get: () => { throw new RangeError('too deep'); } });
  expect(restoreList(engine, { version: 1, nextId: 1, environments: {}, processes: [bad, stored('good')] })).toEqual(['bad could not be restored from the state file: too deep']);
  expect(engine.list.processes().map((one) => one.spec.name)).toEqual(['good']);
  expect(engine.everyInstance().map((one) => one.key)).toEqual(['good:0']);
});

const child = { id: 'web:0', run: 1, pid: 1, startTime: '', member: null, announced: { listening: false, ready: false }, exit: null };

it.each([
  ['of before the list', { namedUntil: 900_000 }, { startedAt: 800_000, ranForMs: 200_000 }, true],
  ['of before the list, by a shim that does not tell its age', { namedUntil: 900_000 }, { startedAt: 800_000 }, true],
  ['younger than the list', { namedUntil: 900_000 }, { startedAt: 950_000, ranForMs: 50_000 }, false],
  ['of a time that was set since', { namedUntil: 900_000 }, { startedAt: 800_000, ranForMs: 50_000 }, false],
  ['of a past whose list is in the future', { namedUntil: 2_000_000 }, { startedAt: 950_000, ranForMs: 50_000 }, false],
  ['of any age, beside a list that is not whole', { namedUntil: 0 }, { startedAt: 800_000, ranForMs: 200_000 }, false],
  ['of any age, when all that runs has been compared', { namedUntil: null }, { startedAt: 950_000, ranForMs: 50_000 }, true],
])('a child %s', async (_what, list, times, expected) => {
  const { options } = await newEngine();
  expect(couldName({ ...list, options }, { ...child, ...times })).toBe(expected);
});
