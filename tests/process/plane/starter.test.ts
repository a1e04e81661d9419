// The shim starts a supervisor like the newest one that it had, also when the program that it was started with is gone.
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { copyOfToday } from '../../helpers/builds.ts';
import { engineHome } from '../../helpers/engine-home.ts';
import { isGone } from '../../helpers/is-gone.ts';
import { makeSpec } from '../../helpers/specs.ts';
import { waitFor } from '../../helpers/wait-for.ts';

it('an upgraded supervisor that crashes is replaced by its like', async () => {
  const [first, second] = [await copyOfToday(), await copyOfToday()];
  const home = await engineHome();
  const before = await home.boot(first);
  await home.start(makeSpec({ name: 'sleeper', args: ['-e', 'setInterval(() => undefined, 1000)'] }));
  const { pid } = await home.one('sleeper');
  process.kill(before.owner?.pid ?? 0, 'SIGKILL');
  await waitFor(() => isGone(before.owner?.pid ?? 0));
  const upgraded = await home.boot(second);
  await rm(first, { recursive: true });
  process.kill(upgraded.owner?.pid ?? 0, 'SIGKILL');
  const report = await waitFor(() => home.status().then((one) => (one.owner?.pid === upgraded.owner?.pid ? null : one), () => null), { what: 'another supervisor', timeoutMs: 15_000 });
  expect(await readFile(`/proc/${report.owner?.pid ?? 0}/cmdline`, 'utf8')).toContain(path.join(second, 'daemon.cjs'));
  expect(await home.one('sleeper')).toMatchObject({ pid, restarts: 0 });
});
