import { expect, it } from 'vitest';
import { programsBeside } from '../../../electron/main/programs.ts';

it('finds everything beside its own bundle', () => {
  expect(programsBeside('/project/out/main')).toMatchObject({ shim: '/project/out/shim.cjs', windowPreload: '/project/out/preload/preload.cjs', pages: '/project/out/renderer' });
});

it('takes out of the archive what must be read outside of it', () => {
  const programs = programsBeside('/opt/TSPM/resources/app.asar/out/main');
  expect(programs.windowPreload).toBe('/opt/TSPM/resources/app.asar/out/preload/preload.cjs');
  for (const file of [programs.shim, programs.daemon, programs.servicePreload, programs.pages, programs.icons]) expect(file).toContain('/resources/app.asar.unpacked/out/');
});
