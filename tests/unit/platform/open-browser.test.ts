import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { browserCommand, openBrowser } from '../../../electron/platform/open-browser.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';

it('needs a screen on Linux', () => {
  expect(browserCommand('linux', {})).toBeNull();
  expect(browserCommand('linux', { DISPLAY: '' })).toBeNull();
  expect(browserCommand('linux', { DISPLAY: ':0' })).toEqual(['xdg-open']);
  expect(browserCommand('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open']);
  expect(browserCommand('darwin', {})).toEqual(['open']);
});

it.runIf(process.platform === 'linux')('asks the desktop, and never fails', async () => {
  const folder = await temporaryFolder();
  const seen = path.join(folder, 'seen');
  const env = { DISPLAY: ':0', PATH: folder };
  expect(await openBrowser('http://127.0.0.1:1/#token=x', env)).toBe(false);
  await writeFile(path.join(folder, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${seen}'\nexit 3\n`);
  await chmod(path.join(folder, 'xdg-open'), 0o755);
  expect(await openBrowser('http://127.0.0.1:1/#token=x', env)).toBe(true);
  await waitFor(async () => (await readFile(seen, 'utf8').catch(() => '')) === 'http://127.0.0.1:1/#token=x', { what: 'the address to arrive' });
  expect(await openBrowser('http://127.0.0.1:1/', {})).toBe(false);
});
