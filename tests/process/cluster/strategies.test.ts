// Each strategy against its definition, with real connections to real instances.
import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { engineHome, type EngineHome } from '../../helpers/engine-home.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { cluster, pids, report, type ClusterOptions } from './clusters.ts';

/** The number of the instance that answers a request on a connection of its own. */
async function ask(port: number, from = '127.0.0.1'): Promise<number> {
  const sent = request({ port, host: '127.0.0.1', localAddress: from, agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  return Number.parseInt(await text(response), 10);
}

/** How many of `count` requests, one after the other, each instance gets. */
async function spread(port: number, count: number, instances: number): Promise<readonly number[]> {
  const counts = Array.from({ length: instances }, () => 0);
  for (let index = 0; index < count; index += 1) {
    const instance = await ask(port);
    counts[instance] = (counts[instance] ?? 0) + 1;
  }
  return counts;
}

async function begin(options: ClusterOptions): Promise<{ readonly home: EngineHome; readonly port: number; readonly spec: Awaited<ReturnType<typeof cluster>> }> {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('uneven.mjs', options);
  for (const outcome of await home.start(spec)) expect(outcome).toMatchObject({ action: 'started', message: '' });
  return { home, port: spec.port, spec };
}

it.each(['handoff', 'http'] as const)('round-robin is exact (%s)', async (mode) => {
  const { home, port } = await begin({ instances: 3, mode });
  expect(await spread(port, 60, 3)).toEqual([20, 20, 20]);
  expect((await report(home)).instances.map((one) => [one.requests, one.share])).toEqual([[20, 1 / 3], [20, 1 / 3], [20, 1 / 3]]);
});

it('weighted is exact, and spreads the turns of the heavy one', async () => {
  const { port } = await begin({ instances: 3, strategy: 'weighted', instanceWeight: [5, 1, 1] });
  const turns: number[] = [];
  for (let index = 0; index < 70; index += 1) turns.push(await ask(port));
  expect([0, 1, 2].map((instance) => turns.filter((one) => one === instance).length)).toEqual([50, 10, 10]);
  // Smooth: in every round of 7 the same order, which is that of nginx.
  for (let round = 0; round < 10; round += 1) expect(turns.slice(round * 7, round * 7 + 7)).toEqual([0, 0, 1, 0, 2, 0, 0]);
});

it('random has equal chances (chi-square)', async () => {
  const { port } = await begin({ instances: 4, strategy: 'random', mode: 'tcp' });
  const counts = await spread(port, 1200, 4);
  const chiSquare = counts.reduce((sum, count) => sum + (count - 300) ** 2 / 300, 0);
  // 3 degrees of freedom: beyond 30 once in 700,000 times.
  expect(chiSquare).toBeLessThan(30);
  // Not one after the other either: that would give 0.
  expect(chiSquare).toBeGreaterThan(0);
});

it('least-connections leaves a slow instance alone', async () => {
  const { port } = await begin({ instances: 3, strategy: 'least-connections', mode: 'http', env: { SLOW: '1' } });
  const counts = [0, 0, 0];
  const client = async (): Promise<void> => {
    for (let index = 0; index < 30; index += 1) {
      const instance = await ask(port);
      counts[instance] = (counts[instance] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 6 }, client));
  const [first = 0, slow = 0, third = 0] = counts;
  // While it works on two requests the other two do all the rest.
  expect(slow).toBeLessThan(30);
  expect(Math.abs(first - third)).toBeLessThan(40);
});

it('least-cpu avoids the instance that burns, and gives it something all the same', async () => {
  const { home, port } = await begin({ instances: 2, strategy: 'least-cpu', env: { BURNING: '1' } });
  // On a busy machine it gets a small part of a core.
  await waitFor(async () => ((await home.one('web:1')).cpuPercent ?? 0) > 5, { what: 'a sample of the burning instance' });
  const [idle = 0] = await spread(port, 400, 2);
  // Of two draws with replacement the idle one is taken unless both are the other: 3 of 4. Five standard deviations are 43.
  expect(idle).toBeGreaterThan(257);
  expect(idle).toBeLessThan(343);
}, 60_000);

it('least-memory avoids the instance that is fat', async () => {
  const { home, port } = await begin({ instances: 2, strategy: 'least-memory', env: { FAT: '0' } });
  await waitFor(async () => ((await home.one('web:0')).memoryBytes ?? 0) > 200_000_000, { what: 'a sample of the fat instance' });
  const [fat = 0] = await spread(port, 400, 2);
  expect(fat).toBeGreaterThan(57);
  expect(fat).toBeLessThan(143);
}, 60_000);

/** Only Linux has all of 127.0.0.0/8 without being told. */
it.runIf(process.platform === 'linux')('ip-hash: a client stays where it is; one more instance takes its share and moves nobody else', async () => {
  const { home, port } = await begin({ instances: 4, strategy: 'ip-hash' });
  const clients = Array.from({ length: 240 }, (_, index) => `127.0.${Math.floor(index / 200)}.${(index % 200) + 2}`);
  const places = async (): Promise<readonly number[]> => {
    const found: number[] = [];
    for (const client of clients) found.push(await ask(port, client));
    return found;
  };
  const before = await places();
  expect(await places()).toEqual(before);
  for (const instance of [0, 1, 2, 3]) {
    const count = before.filter((one) => one === instance).length;
    expect(count).toBeGreaterThan(30);
    expect(count).toBeLessThan(90);
  }
  await home.client.call('scale', { name: 'web', instances: { to: 5 }, wait: true });
  const after = await places();
  const moved = after.filter((place, index) => place !== before[index]);
  expect(moved.every((place) => place === 4)).toBe(true);
  expect(moved.length).toBeGreaterThan(24);
  expect(moved.length).toBeLessThan(75);
});

it('another strategy takes effect at once, without a restart', async () => {
  const { home, port, spec } = await begin({ instances: 2 });
  const before = await pids(home);
  const [outcome] = await home.start({ ...spec, balancer: { ...spec.balancer, strategy: 'weighted' }, instanceWeight: [3, 1] });
  expect(outcome).toMatchObject({ action: 'updated', changed: ['balancer.strategy', 'instanceWeight'] });
  expect(await spread(port, 40, 2)).toEqual([30, 10]);
  expect(await pids(home)).toEqual(before);
});
