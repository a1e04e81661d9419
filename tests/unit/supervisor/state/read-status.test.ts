// A damaged state costs as little as possible, and never an engine.
import { mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { previousStatus, readStatus, recoverStatus } from '../../../../electron/supervisor/state/read-status.ts';
import { createStatusStore } from '../../../../electron/supervisor/state/status-store.ts';
import type { Status, StoredProcess } from '../../../../electron/supervisor/state/status-file.ts';
import { makeSpec } from '../../../helpers/specs.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';

function stored(name: string, id: number): StoredProcess {
  return { spec: makeSpec({ name }), instances: [{ id, instance: 0, desired: 'up', run: 3, restarts: 1, environment: 'e', settled: null }] };
}

function statusOf(...names: readonly string[]): Status {
  return { version: 1, nextId: names.length, environments: { e: { PATH: '/bin' } }, processes: names.map(stored) };
}

async function home(newest: unknown, before: unknown = null) {
  const file = path.join(await temporaryFolder(), 'status.json');
  const put = (where: string, content: unknown) => (content === null ? Promise.resolve() : writeFile(where, typeof content === 'string' ? content : JSON.stringify(content)));
  await put(file, newest);
  await put(previousStatus(file), before);
  return file;
}

const namesOf = (status: Status): readonly string[] => status.processes.map((one) => one.spec.name);
const whole = JSON.stringify(statusOf('api', 'web'));

it('reads what is whole', async () => {
  const saved = await readStatus(await home(statusOf('api'), statusOf('old')));
  expect(saved).toMatchObject({ complete: true, damaged: false, remarks: [] });
  expect(namesOf(saved.status)).toEqual(['api']);
});

it.each([
  ['cut short', whole.slice(0, whole.length / 2)],
  ['empty', ''],
  ['full of zeros', '\0'.repeat(5000)],
  ['something else', 'secret-of-mine: no JSON'],
  ['another JSON', '[1, 2, 3]'],
  ['a state without a list', '{"version":1,"nextId":0}'],
])('uses the state before when the file is %s', async (_what, content) => {
  const file = await home(content, statusOf('api'));
  const saved = await recoverStatus(file, 0);
  expect(saved).toMatchObject({ complete: false, damaged: true });
  expect(namesOf(saved.status)).toEqual(['api']);
  expect(saved.remarks.join()).toContain(file);
  expect(saved.remarks.join()).not.toContain('secret');
  expect(await readFile(`${file}.damaged-1970-01-01T00-00-00-000Z`, 'utf8')).toBe(content);
});

it('does not read a file without end, and takes nothing but a file', async () => {
  const huge = await home('');
  await truncate(huge, 3 * 1024 ** 3);
  expect((await readStatus(huge)).remarks.join()).toContain('larger');
  const folder = await home(null);
  await mkdir(folder);
  expect((await recoverStatus(folder, 0)).remarks.join()).toContain('is not a file');
});

it('begins with an empty list, and says that it may lack processes, when neither file can be used', async () => {
  for (const before of [null, '{']) {
    const saved = await readStatus(await home('{', before));
    expect(saved).toMatchObject({ complete: false, damaged: true });
    expect(saved.status.processes).toEqual([]);
    expect(saved.remarks).toHaveLength(1);
  }
  expect(await readStatus(await home(null))).toMatchObject({ complete: false, damaged: false, remarks: [] });
});

it('uses the state before when the file is gone', async () => {
  const saved = await readStatus(await home(null, statusOf('api')));
  expect(saved).toMatchObject({ complete: false, damaged: false });
  expect(namesOf(saved.status)).toEqual(['api']);
});

it('loses one entry for one mistake, and takes that one from the state before', async () => {
  const [api, web] = statusOf('api', 'web').processes;
  const wrong = { ...statusOf('api', 'web'), processes: [api, { ...web, spec: { ...web?.spec, instances: 'many' } }] };
  const repaired = await readStatus(await home(wrong, statusOf('web')));
  expect(namesOf(repaired.status)).toEqual(['api', 'web']);
  expect(repaired).toMatchObject({ complete: false, damaged: true });
  expect(repaired.remarks.join()).toContain('web is not valid at spec.instances');
  // The older entry had the id of another process by now.
  expect(repaired.status.processes.map((one) => one.instances[0]?.id)).toEqual([0, 2]);
  expect(namesOf((await readStatus(await home(wrong))).status)).toEqual(['api']);
});

it('keeps the other instances of a process of which one is damaged', async () => {
  const { instances, ...rest } = stored('api', 0);
  const saved = await readStatus(await home({ ...statusOf(), processes: [{ ...rest, instances: [...instances, { id: 'x' }] }] }));
  expect(saved.status.processes[0]?.instances).toHaveLength(1);
  expect(saved.remarks.join()).toContain('api has an instance that is not valid at id');
});

it('takes an instance number that is there twice for a mistake: two of one name would share a child', async () => {
  const { instances, ...rest } = stored('api', 0);
  const twice = { ...statusOf(), processes: [{ ...rest, instances: [...instances, ...instances.map((one) => ({ ...one, id: 7 }))] }] };
  const saved = await readStatus(await home(twice));
  expect(saved).toMatchObject({ complete: false, damaged: true });
  expect(saved.status.processes[0]?.instances.map((one) => one.id)).toEqual([0]);
  expect(saved.remarks.join()).toContain('api has the instance 0 twice');
});

it('reads the newest of very many notices', async () => {
  const notices = Array.from({ length: 400_000 }, (_, at) => ({ at, message: 'x' }));
  const { status } = await readStatus(await home({ ...statusOf('api'), notices }));
  expect([status.notices?.length, status.notices?.at(-1)?.at]).toEqual([50, 399_999]);
});

it('keeps what a later version has added, at every level', async () => {
  const { spec, instances } = stored('api', 0);
  const later = {
    version: 1,
    nextId: 1,
    environments: { e: { PATH: '/bin' } },
    tomorrow: { at: 'the top' },
    processes: [
      {
        spec: { ...spec, tomorrow: 1, logs: { ...spec.logs, tomorrow: 2 }, balancer: { ...spec.balancer, tomorrow: [3] }, dependsOn: [{ name: 'db', condition: 'ready', tomorrow: 4 }], source: { ...spec.source, tomorrow: 5 } },
        scaled: { from: 1, to: 2, tomorrow: 6 },
        tomorrow: 7,
        instances: instances.map((one) => ({ ...one, tomorrow: 8, settled: { state: 'exited', reason: '', tomorrow: 9 } })),
      },
    ],
  };
  const { status } = await readStatus(await home(later));
  expect(JSON.parse(JSON.stringify(status))).toEqual({ ...later, notices: [] });
});

it('keeps the three newest damaged files', async () => {
  const file = await home('');
  for (let hour = 0; hour < 5; hour++) {
    await writeFile(file, '{');
    await recoverStatus(file, hour * 3_600_000);
  }
  expect((await readdir(path.dirname(file))).sort()).toEqual(['02', '03', '04'].map((hour) => `status.json.damaged-1970-01-01T${hour}-00-00-000Z`));
});

it('has the state before beside the newest, for the owner only', async () => {
  const file = path.join(await temporaryFolder(), 'status.json');
  let names: readonly string[] = ['first'];
  const store = createStatusStore({ file, reserve: `${file}.reserve`, take: () => statusOf(...names) });
  await store.save();
  names = ['second'];
  await store.save();
  expect(namesOf((await readStatus(file)).status)).toEqual(['second']);
  expect(namesOf((await readStatus(previousStatus(file))).status)).toEqual(['first']);
  expect((await stat(previousStatus(file))).mode & 0o777).toBe(0o600);
  // Somebody has damaged the file: that is no good copy.
  await writeFile(file, '{');
  names = ['third'];
  await store.save();
  expect(namesOf((await readStatus(previousStatus(file))).status)).toEqual(['first']);
});
