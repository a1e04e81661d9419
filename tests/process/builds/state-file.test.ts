// One state file, read and written by this build and by those before it.
import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { balancerDefaults } from '../../../shared/contract/spec.ts';
import { frozen } from '../../helpers/builds.ts';
import { engineHome, type EngineHome } from '../../helpers/engine-home.ts';
import { freePort } from '../../helpers/free-port.ts';
import { isGone } from '../../helpers/is-gone.ts';
import { makeSpec } from '../../helpers/specs.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const script = "require('node:http').createServer((_, res) => res.end()).listen(process.env.PORT)";

async function withClusterAndFailures(home: EngineHome): Promise<void> {
  const port = await freePort();
  await home.start(
    makeSpec({ name: 'web', args: ['-e', script], instances: 2, port, balancer: { ...balancerDefaults, mode: 'handoff' }, readyTimeoutMs: 10_000 }),
    makeSpec({ name: 'crash', args: ['-e', 'process.exit(3)'], restartDelayMs: 0, maxRestarts: 2 }),
  );
  await waitFor(async () => (await home.one('crash')).state === 'errored', { what: 'the crashing one to give up' });
}

async function killSupervisor(home: EngineHome): Promise<void> {
  const pid = (await home.status()).owner?.pid ?? 0;
  process.kill(pid, 'SIGKILL');
  await waitFor(() => isGone(pid), { what: 'the supervisor to end' });
}

const shown = async (home: EngineHome) => (await home.list()).map(({ id, name, instance, desired, pid }) => ({ id, name, instance, desired, pid }));

it('of this build is read by 0.1.0, and the other way round', async () => {
  const home = await engineHome();
  await home.boot();
  await withClusterAndFailures(home);
  await home.client.call('scale', { name: 'web', instances: { to: 3 }, wait: true });
  const before = await shown(home);
  await killSupervisor(home);
  expect((await home.boot(frozen('0.1.0'))).version).toBe('0.1.0');
  expect(await shown(home)).toEqual(before);
  expect(await home.one('crash')).toMatchObject({ state: 'errored', reason: expect.stringContaining('gave up') as unknown });
  await home.client.call('reset', { selectors: ['web'] });
  await killSupervisor(home);
  expect((await home.boot()).version).not.toBe('0.1.0');
  expect(await shown(home)).toEqual(before);
});

it('keeps what a later version wrote, through a life of this one', async () => {
  const home = await engineHome();
  await home.boot();
  await withClusterAndFailures(home);
  await killSupervisor(home);
  type Later = { tomorrow?: unknown; processes: { tomorrow?: unknown; spec: { name: string; tomorrow?: unknown; balancer: { tomorrow?: unknown } }; instances: { instance: number; tomorrow?: unknown }[] }[] };
  const state = JSON.parse(await readFile(home.paths.status, 'utf8')) as Later;
  state.tomorrow = { top: true };
  for (const one of state.processes) {
    one.tomorrow = one.spec.name;
    one.spec.tomorrow = ['a'];
    one.spec.balancer.tomorrow = 'b';
    for (const instance of one.instances) instance.tomorrow = instance.instance;
  }
  await writeFile(home.paths.status, JSON.stringify(state));
  await home.boot();
  // Also what was replaced by a reload has it.
  await home.client.call('reload', { selectors: ['web'], wait: true });
  const after = JSON.parse(await readFile(home.paths.status, 'utf8')) as Later;
  expect(after).toMatchObject({ tomorrow: { top: true } });
  for (const one of after.processes) {
    expect(one).toMatchObject({ tomorrow: one.spec.name, spec: { tomorrow: ['a'], balancer: { tomorrow: 'b' } } });
    for (const instance of one.instances) expect(instance.tomorrow).toBe(instance.instance);
  }
});
