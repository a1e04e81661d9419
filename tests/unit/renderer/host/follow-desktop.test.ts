import { describe, expect, it } from 'vitest';
import { createDesktopService } from '../../../../electron/main/desktop-service.ts';
import { changedSettings, defaultSettings } from '../../../../electron/main/settings.ts';
import { createLocalTransport } from '../../../../electron/transport/local-transport.ts';
import { followDesktop } from '../../../../renderer/host/follow-desktop.ts';
import type { ColorScheme, Preferences } from '../../../../renderer/host/preferences.ts';
import { createDesktopClient } from '../../../../shared/client/desktop-client.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

function memory(scheme: ColorScheme): Preferences {
  return { colorScheme: () => scheme, setColorScheme: (next) => void (scheme = next), watch: () => () => undefined };
}

function rig(stored: Preferences, capable = true) {
  let settings = defaultSettings;
  const service = createDesktopService({ settings: () => settings, change: async (change) => void (settings = changedSettings(settings, change)) });
  const desktop = createDesktopClient(createLocalTransport(service.service));
  const places: string[] = [];
  const failures: unknown[] = [];
  const preferences = followDesktop({ desktop, capable: () => Promise.resolve(capable), stored, goTo: (path) => places.push(path), failed: (error) => failures.push(error) });
  return { preferences, desktop, service, places, failures, settings: () => settings };
}

describe('a page in the desktop', () => {
  it('has the theme of the settings, and changes it there', async () => {
    const { preferences, desktop, settings } = rig(memory('dark'));
    const told: ColorScheme[] = [];
    preferences.watch((scheme) => told.push(scheme));
    await waitFor(() => preferences.colorScheme() === 'auto', { what: 'the theme of the system' });
    await desktop.changeSettings({ theme: 'light' });
    await waitFor(() => told.length === 2);
    expect(told).toEqual(['auto', 'light']);
    preferences.setColorScheme('dark');
    await waitFor(() => settings().theme === 'dark');
    expect(preferences.colorScheme()).toBe('dark');
  });

  it('goes where it is sent', async () => {
    const { service, places } = rig(memory('auto'));
    service.open({ process: 'api/ä', section: 'logs' });
    await waitFor(() => places.length === 1);
    service.open({ process: 'web', section: 'overview' });
    await waitFor(() => places.length === 2);
    expect(places).toEqual(['/process/api%2F%C3%A4', '/process/web']);
  });

  it('leaves a host alone that cannot say', async () => {
    const { service, places, failures } = rig(memory('dark'), false);
    service.open({ process: 'api', section: 'logs' });
    await new Promise(setImmediate);
    expect([places, failures]).toEqual([[], []]);
  });
});
