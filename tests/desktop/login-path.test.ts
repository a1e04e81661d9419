// A desktop starts the application with a bare PATH: what it starts has that of the login shell, and the window does not wait for it.
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { engineHome } from '../helpers/engine-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { desktopSuite } from './driver/desktop-suite.ts';
import { launchStandIn } from './driver/launch-stand-in.ts';

const spec = makeSpec({ name: 'api', args: ['-e', 'setInterval(() => undefined, 1000)'] });

async function launched(shell: string) {
  const home = await engineHome();
  const [file, go] = [path.join(home.folder, 'fake-shell'), path.join(home.folder, 'go')];
  await writeFile(file, shell.replaceAll('GO', go));
  await chmod(file, 0o755);
  const desktop = await launchStandIn({ env: { TSPM_HOME: home.paths.home, PATH: '/usr/bin:/bin', SHELL: file, TERM_PROGRAM: '', npm_lifecycle_event: '' } });
  await waitFor(() => home.status().then(({ owner }) => owner?.kind === 'desktop', () => false), { what: 'the desktop to host the engine' });
  return { home, desktop, go };
}

desktopSuite('login shell of the desktop application', () => {
  test('its PATH is what is started inherits; only the start waits for a slow one', async () => {
    const { home, desktop, go } = await launched('#!/bin/sh\necho banner\nuntil [ -e GO ]; do sleep 0.05; done\nPATH="/opt/own:$PATH" exec /bin/sh -c "$4"\n');
    await desktop.page();
    let isStarted = false;
    const starting = home.client.call('start', { specs: [spec], wait: true }).finally(() => (isStarted = true));
    expect(await home.list()).toEqual([]);
    expect(isStarted).toBe(false);
    await writeFile(go, '');
    await starting;
    const [environment] = await home.client.call('env', { selectors: ['api'] });
    expect(environment?.env).toMatchObject({ PATH: '/opt/own:/usr/bin:/bin', TSPM_NAME: 'api' });
    expect((await home.status()).notices).toEqual([]);
  });

  test('one that fails is said, and the start goes on', async () => {
    const { home } = await launched('#!/bin/sh\nexit 3\n');
    await home.client.call('start', { specs: [spec], wait: true });
    expect((await home.client.call('env', { selectors: ['api'] }))[0]?.env).toMatchObject({ PATH: '/usr/bin:/bin' });
    const { notices } = await home.status();
    expect(notices.map(({ message }) => message)).toEqual(['the login shell fake-shell ended with 3 and did not say its environment: what the application starts has the PATH of the desktop']);
  });
});
