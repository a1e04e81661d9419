// What a person had stays: over other pages, over a server that has gone, over parts that cannot be loaded.
import { expect, it } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { browserSuite } from './browser.ts';
import { dashboardHome } from './dashboard-home.ts';

const networkTrouble = /WebSocket|Failed to load|ERR_|preload|dynamically imported/;

browserSuite('what stays', ({ open }) => {
  it('is the place in the table', async () => {
    const home = await dashboardHome();
    const page = await open(home.url);
    await page.getByRole('button', { name: 'Show the instances of api' }).click();
    await page.getByLabel('Filter processes').fill('api');
    await page.getByRole('row', { name: /Select worker/ }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'api', exact: true }).click();
    await page.getByRole('heading', { name: 'api', level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Stop api:1' }).waitFor();
    expect(await page.getByLabel('Filter processes').inputValue()).toBe('api');
    expect(await page.getByRole('row', { name: /Select worker/ }).count()).toBe(0);
  });

  it('is the page when a part of it cannot be loaded', async () => {
    const home = await dashboardHome();
    const page = await open(home.url, { mayComplain: networkTrouble });
    await page.route(/command-palette|shortcut-help/, (route) => route.abort());
    await page.reload();
    const worker = page.getByRole('row', { name: /Select worker/ });
    await worker.waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    // It may load itself anew once, to have the part after all.
    await page.getByRole('heading', { name: 'Processes', level: 1 }).waitFor();
    await worker.waitFor();
  });

  it('is every page of a dashboard that was closed, and the words are true', async () => {
    const home = await dashboardHome();
    const page = await open(home.url, { mayComplain: networkTrouble });
    await page.getByRole('row', { name: /Select worker/ }).waitFor();
    // Parts are loaded ahead when the browser is idle.
    await waitFor(() => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('usage-chart'))), { what: 'all parts to be loaded' });
    await home.run('dashboard', '--close');
    await page.getByText(/your services run on/).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'api', exact: true }).click();
    await page.getByRole('heading', { name: 'api', level: 1 }).waitFor();
  });

  it('is no claim that services run after all of them were ended', async () => {
    const home = await dashboardHome();
    const page = await open(home.url, { mayComplain: networkTrouble });
    await page.getByRole('row', { name: /Select worker/ }).waitFor();
    await home.run('kill');
    await page.getByText('No service runs.').waitFor();
    expect(await page.getByText(/your services run on/).count()).toBe(0);
  });
});
