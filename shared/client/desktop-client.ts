// The typed client of what the desktop application answers beside the engine.
import type { DesktopSettings, DesktopState, SettingsChange } from '../contract/desktop.ts';
import type { Transport } from './client.ts';

export interface DesktopClient {
  settings(): Promise<DesktopSettings>;
  changeSettings(change: SettingsChange): Promise<DesktopSettings>;
  /** Tells the state at once and whenever it is another. Resolves when the stream has ended or was aborted. */
  watch(signal: AbortSignal, next: (state: DesktopState) => void | Promise<void>): Promise<void>;
}

export function createDesktopClient(transport: Transport): DesktopClient {
  return {
    // The other side is typed by the same contract.
    settings: async () => (await transport.call('settings', {}, {})) as DesktopSettings,
    changeSettings: async (change) => (await transport.call('changeSettings', change, {})) as DesktopSettings,
    watch: (signal, next) => transport.subscribe('desktop', {}, { after: null, signal, next: (message) => next(('snapshot' in message ? message.snapshot : message.change) as DesktopState) }),
  };
}
