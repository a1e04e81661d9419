// The desktop application and the engine: it hosts it, becomes a client when another host takes it over, and says why there is none.
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { engineHome, type EngineHome } from '../helpers/engine-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { desktopSuite } from './driver/desktop-suite.ts';
import { launchStandIn } from './driver/launch-stand-in.ts';
import { shellOf } from './flows/desktop-home.ts';

const sleeper = makeSpec({ name: 'sleeper', args: ['-e', 'setInterval(() => undefined, 1000)'] });

const open = (home: EngineHome, ...args: readonly string[]) => launchStandIn({ args, env: { TSPM_HOME: home.paths.home } });
const ownedBy = (home: EngineHome, kind: 'desktop' | 'daemon') =>
  waitFor(() => home.status().then((report) => (report.owner?.kind === kind ? report : null), () => null), { what: `the ${kind} to host the engine` });

desktopSuite('desktop application and engine', () => {
  test('another host takes over: window and tray go on as its clients, also over its end, and leave without touching anything', async (context) => {
    const home = await engineHome();
    const desktop = await open(home);
    await ownedBy(home, 'desktop');
    await home.start(sleeper);
    const [before] = await home.list();
    const page = await desktop.page();
    const icon = await shellOf(desktop, context).tray.icon();
    const words = (text: string) => waitFor(async () => (await icon.toolTip()) === text, { what: `the tray to say: ${text}` });

    await home.client.call('handOver', {});
    await home.boot();
    const { owner } = await ownedBy(home, 'daemon');
    await words('TSPM: 1 of 1 online');
    expect(await page.evaluate('tspm.call("status", {}).then(({ result }) => result.owner.kind)')).toBe('daemon');
    await icon.click('● sleeper: online', 'Restart');
    const after = await waitFor(async () => (await home.list()).find(({ pid, state }) => state === 'online' && pid !== before?.pid), { what: 'another sleeper' });

    process.kill(owner?.pid ?? 0, 'SIGKILL');
    await words('TSPM: the engine cannot be reached');
    expect((await icon.menu()).map(({ label }) => label)).toContain('Start the engine');
    await words('TSPM: 1 of 1 online');

    await desktop.askToQuit();
    expect(await desktop.ended).toBe(0);
    expect((await home.list()).map(({ pid, restarts }) => [pid, restarts])).toEqual([[after.pid, 0]]);
  });

  test('a home that others can write is not used, and the reason is said', async () => {
    const home = await temporaryFolder();
    await chmod(home, 0o777);
    const desktop = await launchStandIn({ env: { TSPM_HOME: home } });
    await desktop.answerBox('OK');
    expect(await desktop.ended).toBe(1);
    expect(await readdir(home)).toEqual([]);
  });

  test('an engine that cannot start is told of, and started from the tray when that is mended', async (context) => {
    const home = await engineHome();
    await mkdir(home.paths.controlSocket, { recursive: true, mode: 0o700 });
    await writeFile(path.join(home.paths.controlSocket, 'file'), '');
    const desktop = await open(home);
    const page = await desktop.page();
    await desktop.answerBox('OK');
    expect(await page.evaluate('tspm.call("list", {})')).toMatchObject({ error: { message: expect.stringContaining('tspm.sock') as string } });
    const icon = await shellOf(desktop, context).tray.icon();
    await waitFor(async () => (await icon.menu()).some(({ label }) => label.startsWith('/')), { what: 'the reason in the menu' });
    await rm(home.paths.controlSocket, { recursive: true });
    await icon.click('Start the engine');
    await ownedBy(home, 'desktop');

    const elsewhere = `${home.paths.home}-elsewhere`;
    await rename(home.paths.home, elsewhere);
    await waitFor(async () => (await page.evaluate('tspm.call("list", {}).then(({ error }) => error?.message ?? "")') as string).includes('was taken away'), { what: 'the loss of the home to be noticed' });
    await rename(elsewhere, home.paths.home);
    await icon.click('Start the engine');
    await ownedBy(home, 'desktop');
  });

  test('tspm kill ends the application', async () => {
    const home = await engineHome();
    const desktop = await open(home, '--background');
    await ownedBy(home, 'desktop');
    await home.start(sleeper);
    await home.client.call('kill', {});
    expect(await desktop.ended).toBe(0);
    expect(await home.children()).toEqual([]);
    // For the end of the test, which asks an engine.
    await home.boot();
  });

  test('a signal hands over without a question, whatever the settings say; the dead shim is notified once', async (context) => {
    const home = await engineHome();
    const desktop = await open(home);
    const { shim } = await ownedBy(home, 'desktop');
    const page = await desktop.page();
    await page.evaluate('tspm.call("changeSettings", { quit: "ask" })');
    await home.start(sleeper);
    process.kill(shim?.pid ?? 0, 'SIGKILL');
    const { notifications } = shellOf(desktop, context);
    await notifications.shown('TSPM restarted the services');
    const before = await waitFor(async () => (await home.list()).find(({ state }) => state === 'online'), { what: 'the service to be back' });
    expect(notifications.received()).toHaveLength(1);

    process.kill(desktop.pid, 'SIGTERM');
    expect(await desktop.ended).toBe(0);
    await ownedBy(home, 'daemon');
    expect((await home.list()).map(({ pid }) => pid)).toEqual([before.pid]);
  });

  test('services do not inherit that Electron is to be a Node', async () => {
    const home = await engineHome();
    await open(home, '--background');
    await ownedBy(home, 'desktop');
    await home.client.call('start', { specs: [sleeper], environment: { PATH: process.env['PATH'] ?? '', ELECTRON_RUN_AS_NODE: '1', KEPT: 'yes' }, wait: true });
    const [service] = await home.list();
    const environment = (await readFile(`/proc/${service?.pid ?? 0}/environ`, 'utf8')).split('\0');
    expect(environment.filter((entry) => /^(ELECTRON|KEPT)/.test(entry))).toEqual(['KEPT=yes']);
    const { shim } = await home.status();
    expect(await readFile(`/proc/${shim?.pid ?? 0}/environ`, 'utf8')).toContain('ELECTRON_RUN_AS_NODE=1');
  });
});
