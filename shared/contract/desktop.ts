// What the desktop application answers beside the engine's contract: its settings, and where it wants its page to go. Faces find it
// among the capabilities; a browser does not.
import * as z from 'zod/mini';
import { record } from './shapes.ts';

export const themes = ['system', 'light', 'dark'] as const;
/** What becomes of running services when the application is quit. */
export const quitChoices = ['keep', 'stop', 'ask'] as const;

const settingsFields = {
  theme: z.enum(themes),
  quit: z.enum(quitChoices),
  startAtLogin: z.boolean(),
  /** Say it when a service crashes. */
  notifications: z.boolean(),
} as const;

export const desktopSettingsSchema = record(settingsFields);

/** A place in the pages: a process, and the part of its page that is wanted. */
export const pageRequestSchema = record({ process: z.string(), section: z.enum(['overview', 'logs']) });

export const desktopInputs = {
  settings: z.object({}),
  /** Gives the settings as they are afterwards. */
  changeSettings: z.partial(z.object(settingsFields)),
} as const;

export const desktopTopicInputs = {
  /** Snapshot and changes alike are a DesktopState. */
  desktop: z.object({}),
} as const;

/** `open`: where the page is to go now; each request is told once. */
export const desktopStateSchema = record({ settings: desktopSettingsSchema, open: z.nullable(pageRequestSchema) });

export type DesktopSettings = z.infer<typeof desktopSettingsSchema>;
export type SettingsChange = z.infer<(typeof desktopInputs)['changeSettings']>;
export type PageRequest = z.infer<typeof pageRequestSchema>;
export type DesktopState = z.infer<typeof desktopStateSchema>;
