import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { browserSuite, picture } from './browser.ts';
import { dashboardHome } from './dashboard-home.ts';

browserSuite('a page whose engine goes', ({ open }) => {
  it('keeps what it had, says so, and comes back alone with the next engine', async () => {
    const home = await dashboardHome();
    // What the browser itself says of a connection that breaks.
    const page = await open(home.url, { mayComplain: /WebSocket|ERR_CONNECTION_REFUSED|Failed to load resource/ });
    const worker = page.getByRole('row', { name: /Select worker/ });
    await worker.getByText('Online').waitFor();
    const before = await home.list();
    const { owner } = await home.status();
    process.kill(owner?.pid ?? 0, 'SIGKILL');
    await page.getByText(/has not answered since/).waitFor();
    await worker.getByText('Online').waitFor();
    expect(await page.getByRole('button', { name: 'Stop worker' }).isDisabled()).toBe(true);
    await picture(page, 'engine-gone');
    // The shim starts the next one.
    await page.getByText(/has not answered since/).waitFor({ state: 'detached', timeout: 20_000 });
    await waitFor(() => page.getByRole('button', { name: 'Stop worker' }).isEnabled(), { what: 'the page to be live' });
    const after = await home.list();
    expect(after.map(({ pid, restarts }) => ({ pid, restarts }))).toEqual(before.map(({ pid, restarts }) => ({ pid, restarts })));
    await page.getByRole('button', { name: 'Stop worker' }).click();
    await worker.getByText('Stopped').waitFor();
  });

  it('goes on with the log behind the last line', async () => {
    const home = await dashboardHome();
    await home.write('count.mjs', 'let n = 0; setInterval(() => console.log(`number ${n++}`), 20);');
    await home.run('start', 'count.mjs');
    const page = await open(home.url, { mayComplain: /WebSocket|ERR_CONNECTION_REFUSED|Failed to load resource/ });
    await page.getByRole('link', { name: 'count' }).click();
    const log = page.getByRole('log');
    await log.getByText('number 1').first().waitFor();
    const { owner } = await home.status();
    process.kill(owner?.pid ?? 0, 'SIGKILL');
    await page.getByText(/has not answered since/).waitFor();
    await page.getByText(/has not answered since/).waitFor({ state: 'detached', timeout: 20_000 });
    const last = async (): Promise<number> => Number(/number (\d+)\D*$/.exec((await log.textContent()) ?? '')?.[1] ?? -1);
    const atReturn = await last();
    await waitFor(async () => (await last()) > atReturn + 20, { what: 'lines to come again' });
    // All of it, not only what is on the screen: the seam has left that long ago.
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save what is shown' }).click()]);
    const text = await readFile(await saved.path(), 'utf8');
    const numbers = [...text.matchAll(/number (\d+)/g)].map(([, number]) => Number(number));
    expect(numbers.length).toBeGreaterThan(100);
    expect(numbers).toEqual(numbers.map((_number, index) => (numbers[0] ?? 0) + index));
  });
});
