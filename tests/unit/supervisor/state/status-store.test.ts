import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createStatusStore } from '../../../../electron/supervisor/state/status-store.ts';
import type { Status } from '../../../../electron/supervisor/state/status-file.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';

async function store() {
  const file = path.join(await temporaryFolder(), 'status.json');
  let nextId = 0;
  const made = createStatusStore(file, () => ({ version: 1, nextId, environments: {}, processes: [] }) as unknown as Status);
  const written = async (): Promise<number> => (JSON.parse(await readFile(file, 'utf8')) as Status).nextId;
  return { ...made, written, become: (value: number) => (nextId = value) };
}

it('writes the state of the moment once more, and nothing after it', async () => {
  const { save, close, written, become } = await store();
  const first = save();
  become(1);
  const second = save();
  become(2);
  const closed = close(true);
  become(3);
  await expect(save()).rejects.toMatchObject({ code: 'engine-unreachable' });
  await Promise.all([first, second, closed]);
  expect(await written()).toBe(3);
  become(4);
  await expect(save()).rejects.toMatchObject({ code: 'engine-unreachable' });
  expect(await written()).toBe(3);
});

it('writes nothing that was queued when the file is somebody else\'s', async () => {
  const { save, close, written, become } = await store();
  const first = save();
  become(1);
  const queued = save();
  queued.catch(() => undefined);
  await close(false);
  await first;
  await expect(queued).rejects.toMatchObject({ code: 'engine-unreachable' });
  expect(await written()).toBe(0);
});
