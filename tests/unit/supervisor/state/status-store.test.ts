import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createStatusStore } from '../../../../electron/supervisor/state/status-store.ts';
import { emptyStatus, type Status } from '../../../../electron/supervisor/state/status-file.ts';
import { manualClock } from '../../../helpers/manual-clock.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

async function store() {
  const file = path.join(await temporaryFolder(), 'status.json');
  let nextId = 0;
  const made = createStatusStore({ file, reserve: `${file}.reserve`, take: () => ({ version: 1, nextId, environments: {}, processes: [] }) });
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

it('writes nothing more when the file is somebody else\'s', async () => {
  const { save, close, written, become } = await store();
  await save();
  become(1);
  const underWay = save();
  const queued = save();
  for (const one of [underWay, queued]) one.catch(() => undefined);
  await close(false);
  await expect(underWay).rejects.toMatchObject({ code: 'engine-unreachable' });
  await expect(queued).rejects.toMatchObject({ code: 'engine-unreachable' });
  expect(await written()).toBe(0);
});

it('holds what the disk does not take, says so, and writes it as soon as it can', async () => {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'missing', 'status.json');
  const clock = manualClock();
  const said: (string | null)[] = [];
  const { save, close } = createStatusStore({ file, reserve: path.join(folder, 'reserve'), take: () => emptyStatus, clock, changed: (problem) => said.push(problem) });
  await save();
  expect(said).toEqual([expect.stringContaining('ENOENT')]);
  await mkdir(path.dirname(file));
  clock.advance(1000);
  await waitFor(() => said.at(-1) === null, { what: 'the state to be written' });
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(emptyStatus);
  await close(false);
});
