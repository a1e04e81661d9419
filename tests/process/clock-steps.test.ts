// Somebody sets the machine's clock while services run: what is measured goes on as if nothing had happened.
import { expect, it, onTestFinished, vi } from 'vitest';
import { engineHome } from '../helpers/engine-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { takeOver } from '../helpers/take-over.ts';
import { waitFor } from '../helpers/wait-for.ts';

const hour = 3_600_000;
const service = makeSpec({ name: 'quiet', args: ['-e', 'setInterval(() => undefined, 1000)'], minUptimeMs: 50 });

/** For the engine of this process; the shim and the rest of the machine notice nothing. */
function setClock(byMs: number): void {
  const real = Date.now.bind(Date);
  const spy = vi.spyOn(Date, 'now').mockImplementation(() => real() + byMs);
  onTestFinished(() => spy.mockRestore());
}

it.each([-hour, hour])('keeps uptimes and pauses true when the clock is set by %d ms', async (byMs) => {
  const home = await engineHome();
  await home.boot();
  const hosted = await takeOver(home.paths);
  onTestFinished(() => hosted?.release());
  await home.start(service);
  setClock(byMs);

  const seen = await home.one('quiet');
  expect(seen.uptimeMs).toBeGreaterThan(0);
  expect(seen.uptimeMs).toBeLessThan(60_000);
  expect(Math.abs(Date.now() - seen.uptimeMs - (seen.startedAt ?? 0))).toBeLessThan(2000);
  await waitFor(async () => (await home.one('quiet')).uptimeMs > seen.uptimeMs, { what: 'the uptime to grow' });

  process.kill(seen.pid ?? 0, 'SIGKILL');
  await waitFor(async () => ((await home.one('quiet')).run === 2 && (await home.one('quiet')).state === 'online'), { what: 'the service to be back' });
});

it('knows the age of a child that it took over after the clock was set', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(service);
  const { pid, uptimeMs } = await home.one('quiet');
  setClock(-hour);
  const hosted = await takeOver(home.paths);
  onTestFinished(() => hosted?.release());
  const adopted = await home.one('quiet');
  expect(adopted.pid).toBe(pid);
  expect(adopted.uptimeMs).toBeGreaterThanOrEqual(uptimeMs);
  expect(adopted.uptimeMs).toBeLessThan(60_000);
});
