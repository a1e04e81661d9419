// A rival takes away, between two steps, what was moved aside.
import type * as FileSystem from 'node:fs';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { clearDead, identify, removeLeftovers } from '../../../electron/transport/socket-place.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

const rival = vi.hoisted(() => ({ acts: (): void => undefined }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof FileSystem>();
  const renameSync: typeof fs.renameSync = (from, to) => {
    fs.renameSync(from, to);
    rival.acts();
  };
  return { ...fs, renameSync };
});

it('is no trouble for whoever clears the place', async () => {
  const place = path.join(await temporaryFolder(), 'tspm.sock');
  writeFileSync(place, '');
  rival.acts = () => removeLeftovers(place);
  clearDead(place, identify(place) ?? '');
  expect(readdirSync(path.dirname(place))).toEqual([]);
});
