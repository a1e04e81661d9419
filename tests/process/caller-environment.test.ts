// A page or a tray has no environment to give: what it starts keeps the one it had.
import { expect, it } from 'vitest';
import { engineHome } from '../helpers/engine-home.ts';
import { makeSpec } from '../helpers/specs.ts';

const sleeper = makeSpec({ name: 'api', args: ['-e', 'setInterval(() => {}, 1000)'], source: { kind: 'config', file: '/nowhere/tspm.yaml' } });

it('keeps the inherited environment of each process when the caller gives none', async () => {
  const home = await engineHome();
  await home.boot();
  const start = (name: string, COLOUR: string) => home.client.call('start', { specs: [{ ...sleeper, name }], environment: { PATH: process.env['PATH'] ?? '', COLOUR }, wait: true });
  await start('red', 'red');
  await start('blue', 'blue');
  const colours = async () => (await home.client.call('env', { selectors: ['all'] })).map(({ env }) => env['COLOUR']);

  await home.client.call('restart', { selectors: ['all'], wait: true });
  expect(await colours()).toEqual(['red', 'blue']);
  await home.client.call('reload', { selectors: ['all'], wait: true });
  expect(await colours()).toEqual(['red', 'blue']);
  await home.client.call('stop', { selectors: ['all'] });
  await home.client.call('resume', { selectors: ['all'], wait: true });
  expect(await colours()).toEqual(['red', 'blue']);

  await home.client.call('restart', { selectors: ['blue'], environment: { PATH: process.env['PATH'] ?? '', COLOUR: 'green' }, wait: true });
  expect(await colours()).toEqual(['red', 'green']);
});
