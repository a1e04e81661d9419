// What the desktop application is for, step by step. The same flows run under the stand-in and under Electron.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { waitFor } from '../../helpers/wait-for.ts';
import { desktopHome, expectNumbered, shellOf, type Launch } from './desktop-home.ts';

export function desktopFlows(launch: Launch): void {
  test('the window shows what runs, and what is done in it is done', async () => {
    const home = await desktopHome(launch);
    const desktop = await home.launch();
    const page = await desktop.page();
    expect(await home.owner()).toMatchObject({ kind: 'desktop', pid: desktop.pid });
    await home.run('start', 'tspm.yaml');
    const row = page.getByRole('row').filter({ hasText: 'counter' });
    await row.getByText('Online').waitFor();
    await row.getByRole('button', { name: 'Stop counter' }).click();
    await row.getByText('Stopped').waitFor();
    await home.state('counter', 'stopped');
    expect(await page.evaluate('Object.keys(window.tspm).toSorted()')).toEqual(['call', 'capabilities', 'subscribe']);
    expect((await desktop.windows())[0]?.url).toContain('app://tspm/index.html');
  });

  test('the tray tells the state and starts, restarts and stops', async (context) => {
    const home = await desktopHome(launch);
    const { tray } = shellOf(await home.launch('--background'), context);
    const icon = await tray.icon();
    await home.run('start', 'tspm.yaml');
    await waitFor(async () => (await icon.toolTip()) === 'TSPM: 2 of 2 online', { what: 'the words of the icon' });
    const allOnline = await icon.picture();

    await icon.click('● counter: online', 'Stop');
    await home.state('counter', 'stopped');
    await waitFor(async () => (await icon.toolTip()) === 'TSPM: 1 of 2 online', { what: 'the words of the icon' });
    await icon.click('○ counter: stopped', 'Start');
    await home.state('counter', 'online');

    const [before] = (await home.list()).filter(({ name }) => name === 'sleeper');
    await icon.click('● sleeper: online', 'Restart');
    await waitFor(async () => (await home.list()).some(({ name, pid, state }) => name === 'sleeper' && state === 'online' && pid !== before?.pid), { what: 'another sleeper' });

    await icon.click('Stop all');
    await home.state('sleeper', 'stopped');
    await home.state('counter', 'stopped');
    await waitFor(async () => !(await icon.picture()).argb.equals(allOnline.argb), { what: 'another picture' });
    await icon.click('Start all');
    await home.state('counter', 'online');
  });

  test('a crash is notified once, and the click opens the page of the process', async (context) => {
    const home = await desktopHome(launch);
    const desktop = await home.launch('--background');
    const { notifications } = shellOf(desktop, context);
    await home.run('start', 'tspm.yaml');
    const crash = async () => {
      const [running] = (await home.list()).filter(({ name }) => name === 'counter');
      process.kill(running?.pid ?? 0, 'SIGUSR2');
      await waitFor(async () => (await home.list()).some(({ name, pid, state }) => name === 'counter' && state === 'online' && pid !== running?.pid), { what: 'the next counter' });
    };
    await crash();
    const { id, body } = await notifications.shown('counter crashed');
    expect(body).toContain('exited with code 7');
    await crash();
    expect(notifications.received()).toHaveLength(1);

    notifications.click(id);
    const page = await desktop.page();
    await page.getByRole('heading', { name: 'counter' }).waitFor();
    expect(await desktop.windows()).toMatchObject([{ visible: true, focused: true }]);
  });

  test('from a headless engine to the desktop and back: no restart, no line lost', async () => {
    const home = await desktopHome(launch);
    await home.run('start', 'tspm.yaml');
    const headless = await home.owner();
    expect(headless).toMatchObject({ kind: 'daemon' });

    const desktop = await home.launch();
    await waitFor(async () => (await home.owner())?.kind === 'desktop', { what: 'the desktop to host the engine' });
    const page = await desktop.page();
    await page.getByRole('row').filter({ hasText: 'counter' }).getByText('Online').waitFor();
    await desktop.askToQuit();
    expect(await desktop.ended).toBe(0);

    expect(await home.owner()).toMatchObject({ kind: 'daemon' });
    expect((await home.list()).map(({ name, restarts, state }) => [name, restarts, state])).toEqual([['counter', 0, 'online'], ['sleeper', 0, 'online']]);
    // Two processes, one start each.
    expect(await readFile(path.join(home.folder, 'starts'), 'utf8')).toBe('xx');
    await home.run('stop', 'all');
    expect(expectNumbered(await readFile(path.join(home.paths.logs, 'counter-0.out.log'), 'utf8'))).toBeGreaterThan(100);
  });

  test('killed with -9 it leaves the services running, and a headless engine goes on', async () => {
    const home = await desktopHome(launch);
    const desktop = await home.launch('--background');
    await waitFor(async () => (await home.owner())?.kind === 'desktop', { what: 'the desktop to host the engine' });
    await home.run('start', 'tspm.yaml');
    const before = (await home.list()).map(({ pid }) => pid);
    await desktop.kill();
    await waitFor(async () => (await home.owner())?.kind === 'daemon', { what: 'a headless engine' });
    expect((await home.list()).map(({ pid }) => pid)).toEqual(before);

    // What the dead one has left does not keep the next one from being the first.
    await home.launch('--background');
    await waitFor(async () => (await home.owner())?.kind === 'desktop', { what: 'the next application to host the engine' });
    expect((await home.list()).map(({ pid, restarts }) => [pid, restarts])).toEqual(before.map((pid) => [pid, 0]));
  });

  test('quitting asks when it shall: cancel stays, stop ends everything', async () => {
    const home = await desktopHome(launch);
    const desktop = await home.launch();
    const page = await desktop.page();
    await home.run('start', 'tspm.yaml');
    expect(await page.evaluate('tspm.call("changeSettings", { quit: "ask" })')).toMatchObject({ result: { quit: 'ask' } });

    await desktop.askToQuit();
    expect(await desktop.answerBox('Cancel')).toMatchObject({ message: '2 processes run.' });
    await desktop.askToQuit();
    await desktop.answerBox('Stop all');
    expect(await desktop.ended).toBe(0);
    expect(await home.run('status', '--json')).toMatchObject({ code: 0, stdout: expect.stringContaining('"owner": null') as string });
  });

  test('there is one application: a second start shows the window of the first', async () => {
    const home = await desktopHome(launch);
    const desktop = await home.launch('--background');
    expect(await desktop.startAgain('--background')).toBe(0);
    expect(await desktop.windows()).toEqual([]);
    expect(await desktop.startAgain()).toBe(0);
    await desktop.page();
    await waitFor(async () => (await desktop.windows())[0]?.visible, { what: 'the window' });
    await desktop.closeWindow();
    await waitFor(async () => (await desktop.windows()).length === 0, { what: 'the window to close' });
    expect(await home.owner()).toMatchObject({ kind: 'desktop', pid: desktop.pid });
  });

  test('settings are kept, for their owner only: theme, start at login', async () => {
    const home = await desktopHome(launch);
    const first = await home.launch();
    const page = await first.page();
    const change = { theme: 'dark', ...(process.platform === 'linux' ? { startAtLogin: true } : {}) };
    await page.evaluate(`tspm.call("changeSettings", ${JSON.stringify(change)})`);
    await page.waitForFunction('matchMedia("(prefers-color-scheme: dark)").matches');
    await first.askToQuit();
    expect(await first.ended).toBe(0);
    expect((await stat(path.join(home.paths.home, 'desktop', 'settings.json'))).mode & 0o777).toBe(0o600);

    const second = await home.launch();
    await (await second.page()).waitForFunction('matchMedia("(prefers-color-scheme: dark)").matches');
    expect(await (await second.page()).evaluate('tspm.call("settings", {})')).toEqual({ result: { quit: 'keep', notifications: true, startAtLogin: false, ...change } });
  });
}
