// `tspm kill` where no engine can be started any more: everything is ended all the same.
import { execFile } from 'node:child_process';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { copyOfToday } from '../../helpers/builds.ts';
import { engineHome } from '../../helpers/engine-home.ts';
import { isGone } from '../../helpers/is-gone.ts';
import { makeSpec } from '../../helpers/specs.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const run = promisify(execFile);

it('ends services and shim by the journal', async () => {
  const build = await copyOfToday();
  const home = await engineHome();
  const { owner, shim } = await home.boot(build);
  await home.start(makeSpec({ name: 'sleeper', args: ['-e', 'setInterval(() => undefined, 1000)'], instances: 2 }));
  const daemon = path.join(build, 'daemon.cjs');
  await rename(daemon, `${daemon}.away`);
  await writeFile(daemon, 'process.exit(3)');
  process.kill(owner?.pid ?? 0, 'SIGKILL');
  await waitFor(() => isGone(owner?.pid ?? 0));
  const { stdout } = await run(process.execPath, [path.join(build, 'tspm.cjs'), '--json', 'kill'], { env: { ...process.env, TSPM_HOME: home.paths.home } });
  expect(JSON.parse(stdout)).toEqual({ running: true, stopped: 2 });
  expect(await isGone(shim?.pid ?? 0)).toBe(true);
  expect(await home.children()).toEqual([]);
  await rename(`${daemon}.away`, daemon);
  await home.boot();
});
