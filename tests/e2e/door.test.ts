import { expect, it } from 'vitest';
import type { DashboardReport } from '../../shared/contract/reports.ts';
import { browserSuite } from './browser.ts';
import { dashboardHome } from './dashboard-home.ts';

browserSuite('the key of the dashboard', ({ open }) => {
  it('is taken from the link, gone from the address, and not needed again', async () => {
    const home = await dashboardHome();
    const page = await open(home.url);
    await page.getByRole('link', { name: 'worker' }).waitFor();
    expect(page.url()).not.toContain('token');
    await page.reload();
    await page.getByRole('link', { name: 'worker' }).waitFor();
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage }))).not.toContain(new URL(home.url).hash.slice('#token='.length));
  });

  it('is asked for where it is missing, and taken from a pasted link', async () => {
    const home = await dashboardHome();
    const page = await open(new URL(home.url).origin, { mayComplain: /401|Authentication failed/ });
    await page.getByRole('heading', { name: 'This dashboard needs a key' }).waitFor();
    const field = page.getByLabel('Or paste the link or the key');
    await field.fill('not a key');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('neither a link').waitFor();
    await field.fill(`${new URL(home.url).origin}/#token=${'x'.repeat(43)}`);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('not, or no longer, right').waitFor();
    await field.fill(home.url);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('link', { name: 'worker' }).waitFor();
  });

  it('opens once with a ticket', async () => {
    const home = await dashboardHome();
    const { ticketUrl } = await home.json<DashboardReport>('dashboard', '--no-open');
    const first = await open(ticketUrl ?? '');
    await first.getByRole('link', { name: 'worker' }).waitFor();
    const second = await open(ticketUrl ?? '', { mayComplain: /401|Authentication failed/ });
    await second.getByRole('heading', { name: 'This dashboard needs a key' }).waitFor();
  });

  it('ends with logging out, in every tab, and for whoever has copied the cookie', async () => {
    const home = await dashboardHome();
    const page = await open(home.url, { mayComplain: /401|Authentication failed|WebSocket/ });
    await page.getByRole('link', { name: 'worker' }).waitFor();
    const other = await page.context().newPage();
    await other.goto(new URL(home.url).origin);
    await other.getByRole('link', { name: 'worker' }).waitFor();
    const [cookie] = await page.context().cookies();
    await page.getByRole('button', { name: 'Log out' }).click();
    for (const tab of [page, other]) await tab.getByRole('heading', { name: 'This dashboard needs a key' }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
    const copied = await fetch(new URL('/v1/processes', home.url), { headers: { cookie: `${cookie?.name}=${cookie?.value}` } });
    expect(copied.status).toBe(401);
    await page.getByLabel('Or paste the link or the key').fill(home.url);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('link', { name: 'worker' }).waitFor();
  });

  it('lets many tabs in', async () => {
    const home = await dashboardHome();
    const page = await open(home.url);
    await page.getByRole('link', { name: 'worker' }).waitFor();
    const origin = new URL(home.url).origin;
    const tabs = await Promise.all(Array.from({ length: 9 }, () => page.context().newPage()));
    for (const tab of tabs) await tab.goto(`${origin}/#/process/api`);
    for (const tab of tabs) await tab.getByText('listening').first().waitFor();
    await home.run('stop', 'worker');
    await page.getByRole('row', { name: /worker/ }).getByText('Stopped').waitFor();
  });
});
