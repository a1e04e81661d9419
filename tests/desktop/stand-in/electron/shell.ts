// shell of the stand-in: remembers what would have been opened in other programs.
import type { Shell } from 'electron';
import { withoutTheRest } from '../values/without-the-rest.ts';

const opened: string[] = [];
export const openedExternally = (): readonly string[] => opened;

export const shell = withoutTheRest('shell', {
  openExternal: (url) => Promise.resolve(void opened.push(url)),
  openPath: (file) => Promise.resolve((opened.push(file), '')),
  showItemInFolder: (file) => void opened.push(file),
  beep: () => undefined,
} satisfies Partial<Shell>);
