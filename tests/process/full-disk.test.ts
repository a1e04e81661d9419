// The disk of a home is full, and then the supervisor dies. Nothing of what is promised needs a byte.
import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { cliFile } from '../helpers/cli-home.ts';
import { engineHome, type EngineHome } from '../helpers/engine-home.ts';
import { isGone } from '../helpers/is-gone.ts';
import { fillDisk, mountDisk, noDisk } from '../helpers/small-disk.ts';
import { makeSpec } from '../helpers/specs.ts';
import { headless } from '../helpers/take-over.ts';
import { waitFor } from '../helpers/wait-for.ts';

const run = promisify(execFile);
const sleeper = (name: string) => makeSpec({ name, args: ['-e', "console.log('x'.repeat(1000)); setInterval(() => {}, 1e6)"] });

async function killSupervisor(home: EngineHome): Promise<void> {
  const pid = (await home.status()).owner?.pid ?? 0;
  process.kill(pid, 'SIGKILL');
  await waitFor(() => isGone(pid), { what: 'the supervisor to end' });
}

it('costs no service and no command', { timeout: 60_000 }, async ({ skip }) => {
  if (noDisk !== null) skip(noDisk);
  const home = await engineHome((folder) => mountDisk(folder, 8 << 20));
  await home.boot();
  await home.start(sleeper('api'));
  await home.start(sleeper('web'));
  await waitFor(() => stat(home.paths.reserve).then(({ size }) => size === 65_536, () => false), { what: 'the reserve' });
  const before = (await home.list()).map((one) => one.pid);
  const free = await fillDisk(home.folder);

  await killSupervisor(home);
  await headless(home.paths);
  // The threads of a process that was killed may hold its socket for another moment.
  await waitFor(() => home.status().catch(() => null), { what: 'the next engine to answer' });
  expect((await home.list()).map((one) => one.pid)).toEqual(before);
  // The reserve is enough for the state.
  expect(await home.client.call('stop', { selectors: ['web'] })).toMatchObject([{ action: 'stopped' }]);
  expect(await home.client.call('flush', { selectors: ['all'] })).toMatchObject([{ action: 'flushed' }, { action: 'flushed' }]);

  // What flush gave back is gone too, and the reserve with it.
  const freeMore = await fillDisk(path.join(home.paths.home, 'logs'));
  const outcomes = await home.start(sleeper('third'), sleeper('fourth'));
  expect(outcomes).toMatchObject([{ action: 'started', process: { state: 'online' } }, { action: 'started' }]);
  const { stdout } = await run(process.execPath, [cliFile, 'status', '--json'], { env: { ...process.env, TSPM_HOME: home.paths.home } });
  const report = JSON.parse(stdout) as { readonly unsaved?: string };
  if (report.unsaved !== undefined) {
    expect(outcomes[0]?.message).toContain('not on disk');
    expect(report.unsaved).toContain('ENOSPC');
  }
  await free();
  await freeMore();
  await waitFor(async () => (await home.status()).unsaved === undefined, { what: 'the state to be written', timeoutMs: 40_000 });
  const state = JSON.parse(await readFile(home.paths.status, 'utf8')) as { readonly processes: readonly { readonly spec: { readonly name: string } }[] };
  expect(state.processes.map((one) => one.spec.name)).toEqual(['api', 'web', 'third', 'fourth']);
  expect(await home.client.call('stop', { selectors: ['all'] })).toHaveLength(4);
});

it('ends no service that was started meanwhile when the supervisor dies', { timeout: 30_000 }, async ({ skip }) => {
  if (noDisk !== null) skip(noDisk);
  const home = await engineHome((folder) => mountDisk(folder, 8 << 20));
  await home.boot();
  await home.start(sleeper('api'));
  await waitFor(() => stat(home.paths.reserve).then(({ size }) => size === 65_536, () => false), { what: 'the reserve' });
  const free = await fillDisk(home.folder);
  // So large that neither the reserve nor the file before makes room for it.
  const [outcome] = await home.start(makeSpec({ ...sleeper('third'), env: Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`PADDING${at}`, 'x'.repeat(10_000)])) }));
  expect(outcome?.message).toContain('not on disk');
  const before = (await home.list()).map(({ name, pid }) => ({ name, pid }));
  expect(before.map(({ name }) => name)).toEqual(['api', 'third']);
  await killSupervisor(home);
  await headless(home.paths);
  await waitFor(() => home.status().catch(() => null), { what: 'the next engine to answer' });
  expect((await home.list()).map(({ name, pid }) => ({ name, pid }))).toEqual(before);
  expect((await home.status()).notices.map((one) => one.message).join()).toContain('it is kept');
  await free();
});

it('says why no engine comes up', { timeout: 30_000 }, async ({ skip }) => {
  if (noDisk !== null) skip(noDisk);
  const home = await engineHome((folder) => mountDisk(folder, 1 << 20));
  // Not even a folder fits, or the home is made and empty.
  const free = await fillDisk(home.folder);
  const began = performance.now();
  const listed = await run(process.execPath, [cliFile, 'start', 'true'], { env: { ...process.env, TSPM_HOME: home.paths.home } }).catch((error: { readonly stderr: string }) => error);
  expect(performance.now() - began).toBeLessThan(9000);
  expect(listed.stderr).not.toContain('did not answer');
  await free();
  await home.boot();
});
