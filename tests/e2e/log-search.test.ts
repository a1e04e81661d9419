// Searching a log with the keyboard, and with patterns that would hold a page up for hours.
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { waitFor } from '../helpers/wait-for.ts';
import { browserSuite } from './browser.ts';
import { dashboardHome } from './dashboard-home.ts';

const found = (page: Page) => page.getByRole('region', { name: /^Log of/ }).locator('output').first();

browserSuite('searching a log', ({ open }) => {
  it('survives patterns that take for ever, and finds with others', async () => {
    const home = await dashboardHome();
    await home.write('talker.mjs', "for (let line = 0; line < 20; line += 1) console.log('a'.repeat(3000) + ' needle ' + line);\nsetInterval(() => undefined, 1000);\n");
    await home.json('start', `${home.folder}/talker.mjs`, '--name', 'talker');
    const page = await open(`${home.url}`);
    await page.getByRole('link', { name: 'talker', exact: true }).click();
    await page.getByRole('log').getByText('needle 19').waitFor();
    await page.keyboard.press('/');
    const field = page.getByLabel('Search the log');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);

    for (const bad of ['/a+a+a+a+b/', '/(a+)+b/']) {
      await field.fill(bad);
      await waitFor(async () => /too long/.test((await found(page).textContent()) ?? ''), { what: `${bad} to be given up` });
    }
    await field.fill('/needle 1\\d$/');
    await waitFor(async () => (await found(page).textContent()) === '10 lines', { what: 'ten lines' });
    await page.locator('mark').first().waitFor();
  });

  it('says after Clear that it was cleared, and keeps the focus of a button that works', async () => {
    const home = await dashboardHome();
    const page = await open(home.url);
    await page.getByRole('link', { name: 'api', exact: true }).click();
    await page.getByRole('log').getByText('listening').first().waitFor();
    await page.getByRole('button', { name: 'Clear the view' }).click();
    await page.getByText('Cleared. New lines appear here').waitFor();

    const restart = page.getByRole('toolbar', { name: 'Actions for api' }).getByRole('button', { name: /^Restart/ });
    await restart.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('listening').first().waitFor();
    expect(await restart.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
