import { expect, it } from 'vitest';
import { browserSuite } from './browser.ts';
import { dashboardHome } from './dashboard-home.ts';

browserSuite('the search in a log', ({ open }) => {
  it('finds by pattern, and gives up one that would take for ever while the page goes on answering', async () => {
    const home = await dashboardHome();
    await home.write('letters.mjs', "console.log('a'.repeat(60)); console.log('order 4711 is on its way'); setInterval(() => {}, 1000);");
    await home.run('start', 'letters.mjs');
    const page = await open(home.url);
    await page.getByRole('link', { name: 'letters' }).click();
    await page.getByRole('log').getByText('order 4711').waitFor();
    const search = page.getByLabel('Search the log');
    await search.fill('/order \\d+/');
    await page.locator('mark', { hasText: 'order 4711' }).waitFor();
    await search.fill('/(a+)+b/');
    // The page draws and counts meanwhile.
    expect(await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve('drawn')))))).toBe('drawn');
    await page.getByText(/Takes too long/).waitFor();
    await search.fill('on its way');
    await page.locator('mark', { hasText: 'on its way' }).waitFor();
  });
});
