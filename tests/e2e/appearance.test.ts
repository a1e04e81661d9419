// Light and dark, from 900 to 2560 pixels: nothing sticks out, and axe finds nothing. The pictures are for people.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { browserSuite, picture } from './browser.ts';
import { dashboardHome, type DashboardHome } from './dashboard-home.ts';

const axeFile = createRequire(import.meta.url).resolve('axe-core');

/** Evaluated over the DevTools protocol, which the page's own rules do not bind. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(axeFile, 'utf8'));
  return page.evaluate(async () => {
    const { axe: scanner } = globalThis as unknown as { axe: typeof axe };
    const result = await scanner.run(document, { resultTypes: ['violations'] });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  });
}

const sticksOut = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** A chart is drawn anew for another width, in one of the next frames. */
const chartsFit = (page: Page): Promise<unknown> =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('.uplot')].every((chart) => Math.abs(chart.getBoundingClientRect().width - (chart.parentElement?.getBoundingClientRect().width ?? 0)) < 2),
  );

async function openMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More for api', exact: true }).click();
  await page.getByRole('menuitem', { name: /Reload/ }).waitFor();
}

const places: readonly { readonly name: string; readonly go: (page: Page, home: DashboardHome) => Promise<void>; readonly resized?: (page: Page) => Promise<void> }[] = [
  { name: 'processes', go: (page) => page.getByRole('row', { name: /Select api/ }).waitFor() },
  {
    name: 'instances',
    async go(page) {
      await page.getByRole('button', { name: 'Show the instances of api' }).click();
      await page.getByRole('button', { name: 'Stop api:1' }).waitFor();
    },
  },
  {
    name: 'menu',
    go: openMenu,
    // It has its place in a window of one size, and closes with another.
    async resized(page) {
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await openMenu(page);
    },
  },
  {
    name: 'palette',
    async go(page) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'process',
    async go(page, home) {
      await page.keyboard.press('Escape');
      await page.evaluate(() => (location.hash = '#/process/api'));
      await page.getByRole('log').getByText('listening').first().waitFor();
      for (let request = 0; request < 20; request++) await fetch(`http://127.0.0.1:${home.port}/${request}`);
      await page.getByRole('log').getByText('request /19').waitFor();
      await page.getByRole('img', { name: /^CPU of/ }).waitFor();
    },
  },
  { name: 'unknown', go: async (page) => void (await page.evaluate(() => (location.hash = '#/process/no-such')), await page.getByText('No process of this name').waitFor()) },
];

browserSuite('how the dashboard looks', ({ open }) => {
  it.each(['light', 'dark'] as const)('is in order in %s', async (colorScheme) => {
    const home = await dashboardHome();
    const page = await open(home.url, { colorScheme, reducedMotion: 'reduce' });
    for (const { name, go, resized } of places) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await go(page, home);
      for (const width of [2560, 1920, 1280, 900, 720]) {
        await page.setViewportSize({ width, height: width === 2560 ? 1440 : 800 });
        await resized?.(page);
        await chartsFit(page);
        expect(await sticksOut(page), `${name} at ${width}`).toBe(false);
        // Whoever follows a log goes on following it.
        expect(await page.getByRole('button', { name: 'Jump to end' }).count(), `${name} at ${width}`).toBe(0);
        await picture(page, `${name}-${colorScheme}-${width}`);
      }
      expect(await violations(page), name).toEqual([]);
    }
  }, 90_000);

  it('can be used with the keyboard alone', async () => {
    const home = await dashboardHome();
    const page = await open(home.url);
    await page.getByRole('row', { name: /Select worker/ }).waitFor();
    const palette = page.getByRole('dialog').getByRole('combobox');
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await page.keyboard.type('stop worker');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /Select worker/ }).getByText('Stopped').waitFor();
    await page.keyboard.press('Control+k');
    // It has the keyboard as soon as it is there.
    expect(await palette.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type('worker');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'worker', level: 1 }).waitFor();
  });
});
