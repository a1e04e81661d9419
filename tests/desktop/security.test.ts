// What a page of the desktop application cannot do.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { engineHome } from '../helpers/engine-home.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { desktopSuite } from './driver/desktop-suite.ts';
import { launchStandIn } from './driver/launch-stand-in.ts';

desktopSuite('pages of the desktop application', () => {
  test('have the bridge and nothing else, stay where they are, and reach nothing outside', async () => {
    const home = await engineHome();
    const desktop = await launchStandIn({ env: { TSPM_HOME: home.paths.home } });
    const page = await desktop.page();
    await page.getByRole('heading', { name: 'Processes', exact: true }).waitFor();
    const opened = async (address: string) => waitFor(async () => (await desktop.state()).opened.includes(address), { what: `${address} to be opened in a browser` });

    expect(await page.evaluate('[typeof require, typeof process, Object.keys(tspm).toSorted().join()]')).toEqual(['undefined', 'undefined', 'call,capabilities,subscribe']);
    // What the page's own rules refuse, and not a network that is not there.
    const refusedBy = (act: string) => page.evaluate(`new Promise((resolve) => { document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective), { once: true }); ${act}; })`);
    expect(await refusedBy('void fetch("https://example.org/").catch(() => undefined)')).toBe('connect-src');
    expect(await page.evaluate('fetch("/%2e%2e%2fdaemon.cjs").then(({ status }) => status)')).toBe(404);
    expect(await refusedBy('document.body.append(Object.assign(document.createElement("iframe"), { src: "https://example.org/" }))')).toBe('frame-src');
    expect(await page.evaluate('Promise.all(["geolocation", "notifications", "camera"].map((name) => navigator.permissions.query({ name }).then(({ state }) => state)))')).toEqual(['denied', 'denied', 'denied']);

    await page.evaluate('void window.open("https://example.com/doc")');
    await opened('https://example.com/doc');
    await page.evaluate('void window.open("file:///etc/passwd")');
    await page.evaluate('Object.assign(document.createElement("a"), { href: "https://example.org/next" }).click()');
    await opened('https://example.org/next');
    expect((await desktop.state()).opened).toEqual(['https://example.com/doc', 'https://example.org/next']);
    expect((await desktop.windows()).map(({ url }) => new URL(url).host)).toEqual(['tspm']);
  });

  test('may not ask for secrets or for the end of the host, and send data only', async () => {
    const home = await engineHome();
    const desktop = await launchStandIn({ env: { TSPM_HOME: home.paths.home } });
    const page = await desktop.page();
    for (const command of ['env', 'handOver', 'dashboard']) expect(await page.evaluate(`tspm.call(${JSON.stringify(command)}, {})`)).toMatchObject({ error: { code: 'forbidden' } });
    expect(await page.evaluate('tspm.call("list", { selectors: [() => 1] })')).toMatchObject({ error: { code: 'invalid-input' } });
    expect(await page.evaluate('tspm.call("changeSettings", { quit: "explode" })')).toMatchObject({ error: { code: 'invalid-input' } });
  });

  test('leave the place of their window for the next time', async () => {
    const home = await engineHome();
    const desktop = await launchStandIn({ env: { TSPM_HOME: home.paths.home } });
    await desktop.page();
    await desktop.closeWindow();
    const stored = await waitFor(() => readFile(path.join(home.paths.home, 'desktop/settings.json'), 'utf8').catch(() => null), { what: 'the place to be kept' });
    expect(JSON.parse(stored)).toEqual({ window: { x: 0, y: 0, width: 1280, height: 820, maximized: false } });
  });
});
