import { describe, expect, it } from 'vitest';
import { createDesktopService } from '../../../electron/main/desktop-service.ts';
import { changedSettings, defaultSettings } from '../../../electron/main/settings.ts';
import { createLocalTransport } from '../../../electron/transport/local-transport.ts';
import { createDesktopClient } from '../../../shared/client/desktop-client.ts';
import type { DesktopState } from '../../../shared/contract/desktop.ts';
import { waitFor } from '../../helpers/wait-for.ts';

function rig() {
  let settings = defaultSettings;
  const desktop = createDesktopService({
    settings: () => settings,
    change: async (change) => {
      if (change.startAtLogin === true) throw new Error('the disk is full');
      settings = changedSettings(settings, change);
    },
  });
  const transport = createLocalTransport(desktop.service);
  return { desktop, transport, client: createDesktopClient(transport) };
}

describe('the service of the desktop', () => {
  it('gives and changes settings, and says what it cannot do', async () => {
    const { client, transport } = rig();
    expect(await client.settings()).toEqual(defaultSettings);
    expect(await client.changeSettings({ theme: 'dark' })).toEqual({ ...defaultSettings, theme: 'dark' });
    await expect(client.changeSettings({ startAtLogin: true })).rejects.toThrow('the disk is full');
    expect(await client.settings()).toMatchObject({ startAtLogin: false, theme: 'dark' });
    await expect(transport.call('changeSettings', { theme: 'pink' }, {})).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(transport.call('list', {}, {})).rejects.toMatchObject({ code: 'unknown-command' });
  });

  it('tells a page where to go, each request once: the page that listens, or the next that comes', async () => {
    const { desktop, client } = rig();
    const seen: DesktopState[] = [];
    desktop.open({ process: 'old', section: 'overview' });
    desktop.open({ process: 'api', section: 'overview' });
    const first = new AbortController();
    const watching = client.watch(first.signal, (state) => void seen.push(state));
    await waitFor(() => seen.length === 1);
    desktop.open({ process: 'web', section: 'logs' });
    await waitFor(() => seen.length === 2);
    await client.changeSettings({ quit: 'ask' });
    await waitFor(() => seen.length === 3);
    expect(seen.map(({ open, settings }) => [open?.process, open?.section, settings.quit])).toEqual([
      ['api', 'overview', 'keep'],
      ['web', 'logs', 'keep'],
      [undefined, undefined, 'ask'],
    ]);
    first.abort();
    await watching;

    desktop.open({ process: 'later', section: 'logs' });
    const second = new AbortController();
    const again = client.watch(second.signal, (state) => void seen.push(state));
    await waitFor(() => seen.length === 4);
    expect(seen[3]?.open?.process).toBe('later');
    second.abort();
    await again;
  });

  it('gives a slow page the newest state only', async () => {
    const { desktop, client } = rig();
    const ending = new AbortController();
    const seen: (string | undefined)[] = [];
    let goOn: () => void = () => undefined;
    const watching = client.watch(ending.signal, async ({ open }) => {
      seen.push(open?.process);
      await new Promise<void>((resolve) => (goOn = resolve));
    });
    await waitFor(() => seen.length === 1);
    for (let index = 0; index < 1000; index++) desktop.open({ process: `p${index}`, section: 'overview' });
    goOn();
    await waitFor(() => seen.length === 2);
    goOn();
    ending.abort();
    await watching;
    expect(seen).toEqual([undefined, 'p999']);
  });
});
