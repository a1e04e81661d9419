// Data planes of other versions: an older one that holds nothing is replaced by itself, one that refuses keeps nothing from working.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { homeId, prepareHome } from '../../../electron/platform/home.ts';
import { productVersion } from '../../../shared/model/product-version.ts';
import { frozen } from '../../helpers/builds.ts';
import { engineHome, type EngineHome } from '../../helpers/engine-home.ts';
import { isGone } from '../../helpers/is-gone.ts';
import { makeSpec } from '../../helpers/specs.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const sleeper = makeSpec({ name: 'sleeper', args: ['-e', 'setInterval(() => undefined, 1000)'] });
const environment = { PATH: process.env['PATH'] ?? '' };

async function upgrade(home: EngineHome) {
  const { owner } = await home.status();
  process.kill(owner?.pid ?? 0, 'SIGKILL');
  await waitFor(() => isGone(owner?.pid ?? 0));
  return await home.boot();
}

it('an older one is replaced when a new supervisor finds it idle', async () => {
  const home = await engineHome();
  const { shim } = await home.boot(frozen('0.1.0'));
  const after = await upgrade(home);
  expect(after.shim).toMatchObject({ version: productVersion, older: false });
  expect(await isGone(shim?.pid ?? 0)).toBe(true);
  expect(await home.start(sleeper)).toMatchObject([{ action: 'started' }]);
});

it('an older one is replaced when its last child has gone, and not before', async () => {
  const home = await engineHome();
  const { shim } = await home.boot(frozen('0.1.0'));
  await home.start(sleeper, makeSpec({ ...sleeper, name: 'other' }));
  expect((await upgrade(home)).shim).toMatchObject({ pid: shim?.pid, older: true });
  await home.client.call('stop', { selectors: ['sleeper'] });
  await home.client.call('restart', { selectors: ['other'], environment, wait: true });
  expect((await home.status()).shim).toMatchObject({ pid: shim?.pid, older: true });
  await home.client.call('stop', { selectors: ['other'] });
  await waitFor(async () => (await home.status()).shim?.version === productVersion, { what: 'another data plane' });
  expect(await isGone(shim?.pid ?? 0)).toBe(true);
  expect(await home.client.call('resume', { selectors: ['all'], environment, wait: true })).toMatchObject([{ action: 'started' }, { action: 'started' }]);
  expect(await home.children()).toHaveLength(2);
});

it('one that refuses: the supervisor serves, says why, and kill ends everything', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(sleeper);
  await home.kill();
  await prepareHome(home.paths);
  const program = fileURLToPath(new URL('../../fixtures/shim-of-protocol-9.cjs', import.meta.url));
  const shim = spawn(process.execPath, [program, home.paths.shimSocket, home.paths.shimJournal, homeId(home.paths.home)], { stdio: 'ignore' });
  await waitFor(() => existsSync(home.paths.shimJournal), { what: 'the journal' });
  const [child = 0] = await home.children();

  const report = await home.boot();
  expect(report).toMatchObject({ shim: null, shimTrouble: expect.stringContaining('newer (9.0.0) and speaks protocol 9') as unknown });
  expect(await home.client.call('resume', { selectors: ['sleeper'], environment, wait: true })).toMatchObject([{ action: 'failed', message: expect.stringContaining('protocol 9') as unknown }]);
  expect(await home.list()).toMatchObject([{ state: 'lost', pid: null }]);
  expect(await isGone(child)).toBe(false);
  expect(await home.client.call('stop', { selectors: ['sleeper'] })).toMatchObject([{ action: 'stopped' }]);
  expect(await isGone(child)).toBe(true);
  await home.kill();
  await waitFor(() => shim.signalCode === 'SIGKILL', { what: 'the shim to be ended' });
});
