import { describe, expect, it } from 'vitest';
import { changedSettings, defaultSettings, parseSettings } from '../../../electron/main/settings.ts';

describe('settings', () => {
  it('are the usual ones where nothing is stored', () => {
    for (const stored of [undefined, null, 'text', 7, [], {}]) expect(parseSettings(stored)).toEqual(defaultSettings);
  });

  it('keep what is valid and drop the rest, each for itself', () => {
    expect(parseSettings({ theme: 'dark', quit: 'explode', startAtLogin: 'yes', notifications: false, more: 1 })).toEqual({ ...defaultSettings, theme: 'dark', notifications: false });
  });

  it('change in the fields that are named', () => {
    expect(changedSettings(defaultSettings, { quit: 'ask' })).toEqual({ ...defaultSettings, quit: 'ask' });
    expect(changedSettings({ ...defaultSettings, notifications: false }, { theme: 'light', notifications: undefined })).toEqual({ ...defaultSettings, theme: 'light', notifications: false });
  });
});
