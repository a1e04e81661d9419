// What people do with services, in a page: start, crash, restart, logs, scale, reload.
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { waitFor } from '../helpers/wait-for.ts';
import { browserSuite, picture } from './browser.ts';
import { dashboardHome, type DashboardHome } from './dashboard-home.ts';

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`Select ${name}\\b`) });
const pids = async (home: DashboardHome, name: string) => (await home.list()).filter((one) => one.name === name).map((one) => one.pid);

browserSuite('a person at the dashboard', ({ open }) => {
  it('stops and starts a process, and sees what the command line does', async () => {
    const home = await dashboardHome();
    const page = await open(home.url);
    await row(page, 'worker').getByText('Online').waitFor();
    await page.getByRole('button', { name: 'Stop worker' }).click();
    await row(page, 'worker').getByText('Stopped').waitFor();
    expect((await home.list()).find((one) => one.name === 'worker')).toMatchObject({ state: 'stopped', desired: 'down' });
    await page.getByRole('button', { name: 'Start worker', exact: true }).click();
    await row(page, 'worker').getByText('Online').waitFor();
    await home.run('delete', 'worker');
    await row(page, 'worker').waitFor({ state: 'detached' });
    await home.run('start', 'sleep 5000', '--name', 'newcomer');
    await row(page, 'newcomer').getByText('Online').waitFor();
  });

  it('sees a crash with its reason and the restart, and reads the log', async () => {
    const home = await dashboardHome();
    const page = await open(home.url);
    await row(page, 'api').getByText('2/2 online').waitFor();
    await fetch(`http://127.0.0.1:${home.port}/crash`, { method: 'POST' }).catch(() => undefined);
    await row(page, 'api').getByText(/exited with code 7/).waitFor();
    await row(page, 'api').getByText('2/2 online').waitFor();
    await page.getByRole('link', { name: 'api', exact: true }).click();
    await page.getByRole('heading', { name: 'api', level: 1 }).waitFor();
    const log = page.getByRole('log');
    await log.getByText('crash was asked for').waitFor();
    await fetch(`http://127.0.0.1:${home.port}/hello`);
    await log.getByText('request /hello').waitFor();
    await page.getByLabel('Search the log').fill('hello');
    await page.locator('mark').first().waitFor();
    await picture(page, 'process-log');
  });

  it('restarts, scales and reloads without losing a request', async () => {
    const home = await dashboardHome();
    const page = await open(`${home.url}`);
    await row(page, 'api').waitFor();
    await page.evaluate(() => (location.hash = '#/process/api'));
    const toolbar = page.getByRole('toolbar', { name: 'Actions for api' });
    const instances = page.getByRole('region', { name: 'Instances' }).getByRole('row');
    await toolbar.getByRole('button', { name: 'Scale' }).click();
    await page.getByLabel('Instances of api').fill('4');
    await page.getByRole('button', { name: 'Scale', exact: true }).last().click();
    await waitFor(async () => (await instances.count()) === 5, { what: 'four instances and the head' });
    await waitFor(async () => (await page.getByRole('region', { name: 'Instances' }).getByText('ready').count()) === 4, { what: 'four that get traffic' });

    const before = await pids(home, 'api');
    let asking = true;
    let failed = 0;
    let answered = 0;
    const load = (async () => {
      while (asking) await fetch(`http://127.0.0.1:${home.port}/load`).then((response) => (response.ok ? (answered += 1) : (failed += 1)), () => (failed += 1));
    })();
    await toolbar.getByRole('button', { name: 'Reload' }).click();
    await waitFor(async () => (await pids(home, 'api')).every((pid) => pid !== null && !before.includes(pid)), { what: 'four new children', timeoutMs: 20_000 });
    asking = false;
    await load;
    expect({ failed, answered: answered > 20 }).toEqual({ failed: 0, answered: true });

    const reloaded = await pids(home, 'api');
    await toolbar.getByRole('button', { name: 'Restart' }).click();
    await waitFor(async () => (await home.list()).every((one) => one.name !== 'api' || (one.state === 'online' && !reloaded.includes(one.pid))), { what: 'four other children', timeoutMs: 20_000 });
    await waitFor(async () => (await page.getByRole('region', { name: 'Instances' }).getByText('ready').count()) === 4, { what: 'the page to show them' });
  });

  it('says why something cannot be done', async () => {
    const home = await dashboardHome();
    await home.write('tspm.yaml', 'processes:\n  - { name: worker, command: sleep 1000, instances: none }\n');
    const page = await open(home.url);
    await row(page, 'worker').waitFor();
    await page.getByRole('button', { name: 'Restart worker', exact: true }).click();
    const alert = page.getByRole('alert');
    await alert.getByText(/instances must be/).waitFor();
    await alert.evaluate((element) => Promise.all(element.getAnimations({ subtree: true }).map((one) => one.finished)));
    await picture(page, 'problem');
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await alert.waitFor({ state: 'detached' });
  });

  it('chooses several and acts on them at once', async () => {
    const home = await dashboardHome();
    const page = await open(home.url);
    await row(page, 'worker').waitFor();
    await page.getByRole('checkbox', { name: 'Select worker' }).check();
    await page.getByRole('checkbox', { name: 'Select api' }).check();
    await page.getByRole('toolbar').getByRole('button', { name: 'Stop' }).click();
    await row(page, 'api').getByText('Stopped').waitFor();
    await row(page, 'worker').getByText('Stopped').waitFor();
    await picture(page, 'several');
  });
});
