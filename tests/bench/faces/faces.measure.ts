// One hundred changes, made on each face in turn, and how soon every other face shows them. Run by the figure `faces`, with the
// fixtures of the desktop's tests: the desktop application under the stand-in for Electron, its tray on a session bus, a dashboard in
// Chromium, and a client on the control socket.
import { writeFileSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpTransport } from '../../../electron/transport/http/client.ts';
import { createClient } from '../../../shared/client/client.ts';
import type { DashboardReport } from '../../../shared/contract/reports.ts';
import { launchStandIn } from '../../desktop/driver/launch-stand-in.ts';
import { desktopHome } from '../../desktop/flows/desktop-home.ts';
import { chromiumFile } from '../../helpers/tools.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const changes = 100;

interface Face {
  readonly name: string;
  /** Starts or stops the process, and gives the moment it was asked to, in ms since the epoch. */
  act(wish: 'start' | 'stop'): Promise<number>;
  /** The moment at which it shows another state than this one. */
  sees(before: 'online' | 'stopped'): Promise<number>;
}

function pageFace(name: string, page: Page): Face {
  const words = { online: 'Online', stopped: 'Stopped' } as const;
  return {
    name,
    act: (wish) =>
      page.evaluate((label) => {
        const button = [...document.querySelectorAll('button')].find((one) => one.getAttribute('aria-label') === label);
        if (button === undefined) throw new Error(`there is no button ${label}`);
        button.click();
        return Date.now();
      }, `${wish === 'start' ? 'Start' : 'Stop'} sleeper`),
    async sees(before) {
      const seen = await page.waitForFunction((word) => {
        const row = [...document.querySelectorAll('[role=row]')].find((one) => one.textContent?.includes('sleeper') === true);
        return row !== undefined && row.textContent?.includes(word) === false ? Date.now() : null;
      }, words[before]);
      return Number(await seen.jsonValue());
    },
  };
}

test('every face shows what was done on another', { timeout: 180_000 }, async () => {
  const home = await desktopHome(launchStandIn);
  const desktop = await launchStandIn({ args: [], env: home.env });
  const window = await desktop.page();
  await home.run('start', 'tspm.yaml');
  await home.run('stop', 'counter');

  const browser = await chromium.launch({ executablePath: chromiumFile, args: ['--no-sandbox', '--disable-gpu'] });
  onTestFinished(() => browser.close());
  const tab = await browser.newPage();
  await tab.goto((await home.json<DashboardReport>('dashboard', '--no-open', '--port', '0')).url ?? '');
  for (const page of [window, tab]) await page.getByRole('row', { name: /sleeper/ }).getByText('Online').waitFor();

  const client = createClient(createHttpTransport(home.paths.controlSocket));
  const states: { readonly state: string; readonly at: number }[] = [];
  const listening = new AbortController();
  onTestFinished(() => listening.abort());
  void client.subscribe('events', {}, {
    after: null,
    signal: listening.signal,
    next(message) {
      if ('change' in message && message.change.type === 'process.changed' && message.change.process.name === 'sleeper') states.push({ state: message.change.process.state, at: Date.now() });
    },
  });
  const icon = await desktop.shell.tray.icon();
  const entry = { online: '● sleeper: online', stopped: '○ sleeper: stopped' } as const;
  const faces: readonly Face[] = [
    {
      name: 'socket',
      async act(wish) {
        states.length = 0;
        const at = Date.now();
        void (wish === 'stop' ? client.call('stop', { selectors: ['sleeper'] }) : client.call('resume', { selectors: ['sleeper'], wait: true }));
        return at;
      },
      sees: async (before) => (await waitFor(() => states.find(({ state }) => state !== before))).at,
    },
    pageFace('dashboard', tab),
    pageFace('window', window),
    {
      name: 'tray',
      async act(wish) {
        const at = Date.now();
        await (wish === 'stop' ? icon.click(entry.online, 'Stop') : icon.click(entry.stopped, 'Start'));
        return at;
      },
      async sees(before) {
        await waitFor(async () => !(await icon.menu()).some(({ label }) => label === entry[before]));
        return Date.now();
      },
    },
  ];

  const delays: number[] = [];
  for (let change = 0; change < changes; change++) {
    const before = change % 2 === 0 ? 'online' : 'stopped';
    // Each face stops and starts in turn.
    const acting = faces[Math.floor(change / 2) % faces.length];
    if (acting === undefined) throw new Error('there are faces');
    states.length = 0;
    const others = faces.filter((one) => one !== acting);
    const seen = others.map((one) => one.sees(before));
    const at = await acting.act(before === 'online' ? 'stop' : 'start');
    delays.push(...(await Promise.all(seen)).map((moment) => moment - at));
    // The next change begins when all of them show the end of this one.
    const after = before === 'online' ? 'stopped' : 'online';
    await waitFor(async () => (await icon.menu()).some(({ label }) => label === entry[after]));
    for (const page of [window, tab]) await page.getByRole('row', { name: /sleeper/ }).getByText(after === 'online' ? 'Online' : 'Stopped').waitFor();
  }
  expect(delays).toHaveLength(changes * (faces.length - 1));
  writeFileSync(process.env['FACES_RESULT'] ?? '/dev/null', JSON.stringify(delays));
});
