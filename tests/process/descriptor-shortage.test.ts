// A supervisor that runs out of descriptors for a moment: nothing stays half done because of it.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { engineHome } from '../helpers/engine-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

const prlimit = (pid: number, limit: number | string): void => void execFileSync('prlimit', ['--pid', String(pid), `--nofile=${limit}:`]);

/** It ends at its signal; what it has started ends a second later. */
const family = makeSpec({ name: 'family', command: '/bin/sh', args: ['-c', '(trap "" TERM; sleep 1) & exec sleep 1000'], minUptimeMs: 50, killTimeoutMs: 5000 });

it.skipIf(process.platform !== 'linux')('a stop that is under way then comes to its end', async () => {
  const home = await engineHome();
  const { owner } = await home.boot();
  const pid = owner?.pid ?? 0;
  await home.start(family);
  const [leader] = [(await home.one('family')).pid ?? 0];

  const stop = home.client.call('stop', { selectors: ['family'] });
  await waitFor(() => !readdirSync('/proc').includes(String(leader)), { what: 'the first of the group to end' });
  prlimit(pid, 3);
  onTestFinished(() => prlimit(pid, 1024));
  await new Promise((resolve) => setTimeout(resolve, 300));
  prlimit(pid, 1024);

  expect(await stop).toMatchObject([{ action: 'stopped' }]);
  expect(await home.one('family')).toMatchObject({ state: 'stopped', pid: null });
  expect(await home.start(family)).toMatchObject([{ action: 'started' }]);
});
