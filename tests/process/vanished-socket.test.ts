// Something that knows nothing of TSPM removes the control socket. The engine binds it again, and nothing that runs notices.
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { engineHome, type EngineHome } from '../helpers/engine-home.ts';
import { enginesOf } from '../helpers/engines-of.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { isGone } from '../helpers/is-gone.ts';
import { headless } from '../helpers/take-over.ts';

const rounds = 10;

async function withService(home: EngineHome): Promise<{ readonly owner: number; readonly service: number | null | undefined }> {
  const owner = (await home.boot()).owner?.pid ?? 0;
  await home.start(makeSpec({ args: ['-e', 'setInterval(() => {}, 1e6)'] }));
  return { owner, service: (await home.list())[0]?.pid };
}

const answers = (home: EngineHome) => waitFor(() => home.status().catch(() => null), { what: 'an engine to answer' });

it('is bound again, also when others come in the gap', { timeout: 60_000 }, async () => {
  const home = await engineHome();
  const { owner, service } = await withService(home);
  for (let round = 0; round < rounds; round++) {
    // A command that is under way goes on.
    const following = home.client.call('restart', { selectors: ['all'], wait: true }).catch((error: unknown) => error);
    if (round % 2 === 0) await following;
    await rm(home.paths.controlSocket, { force: true });
    // What a command line does that finds nobody.
    if (round % 3 === 0) await headless(home.paths);
    expect((await answers(home)).owner?.pid).toBe(owner);
    expect(await following).toMatchObject([{ action: 'restarted' }]);
  }
  expect((await home.list()).map((one) => one.state)).toEqual(['online']);
  expect(service).not.toBe(null);
  // One that still boots would take the home when the test is over.
  await waitFor(() => enginesOf(home.paths.home).every((pid) => pid === owner), { what: 'the others to leave' });
});

it('belongs to one engine again when two have met', { timeout: 60_000 }, async () => {
  const home = await engineHome();
  const { owner, service } = await withService(home);
  // It cannot bind it again now, and another one comes.
  process.kill(owner, 'SIGSTOP');
  await rm(home.paths.controlSocket);
  await headless(home.paths).catch(() => undefined);
  process.kill(owner, 'SIGCONT');
  await waitFor(async () => {
    const pid = await home.status().then((report) => report.owner?.pid, () => undefined);
    return pid !== undefined && (pid === owner || (await isGone(owner)));
  }, { what: 'one engine to be left', timeoutMs: 20_000 });
  await waitFor(async () => (await home.list())[0]?.state === 'online', { what: 'the service to be online' });
  expect((await home.list())[0]).toMatchObject({ pid: service });
});

it('is bound again where a home with a long path has it, when the whole folder is removed', async () => {
  const home = await engineHome(undefined, 'x'.repeat(110));
  const { owner, service } = await withService(home);
  expect(path.dirname(home.paths.controlSocket)).not.toBe(home.paths.home);
  const folder = path.dirname(home.paths.controlSocket);
  const aside = path.join(home.folder, 'aside');
  // In one step: while it is emptied the engine would put its socket back.
  await rename(folder, aside);
  expect((await answers(home)).owner?.pid).toBe(owner);
  expect((await home.list())[0]).toMatchObject({ pid: service, state: 'online' });
});
