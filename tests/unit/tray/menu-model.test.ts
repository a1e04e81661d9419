import { describe, expect, it } from 'vitest';
import { unknownEngine, type EngineView } from '../../../electron/tray/engine-view.ts';
import { menuModel, type MenuEntry, type TrayAction } from '../../../electron/tray/menu-model.ts';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import { processStates } from '../../../shared/model/process-state.ts';
import { makeSnapshot } from '../../helpers/snapshots.ts';

const options = { parallelism: 4 };
const engine = (...processes: readonly ProcessSnapshot[]): EngineView => ({ reachable: true, reason: '', processes });
const textOf = (entry: MenuEntry): string => (entry.kind === 'separator' ? '-' : entry.text);
const texts = (entries: readonly MenuEntry[]): readonly string[] => entries.map(textOf);

function submenu(entries: readonly MenuEntry[], text: string): readonly MenuEntry[] {
  const found = entries.find((entry) => textOf(entry).includes(text));
  if (found?.kind !== 'submenu') throw new Error(`no submenu ${text} among ${texts(entries).join(', ')}`);
  return found.entries;
}

function actions(entries: readonly MenuEntry[]): Readonly<Record<string, TrayAction | null>> {
  return Object.fromEntries(entries.flatMap((entry) => (entry.kind === 'action' ? [[entry.text, entry.enabled ? entry.action : null]] : [])));
}

describe('the menu of the tray', () => {
  it('offers to start the engine while it cannot be reached, and nothing that needs one', () => {
    const menu = menuModel({ ...unknownEngine, processes: [makeSnapshot()] }, options);
    expect(texts(menu)).toEqual(['TSPM: the engine cannot be reached', '-', 'Start the engine', '-', 'Open TSPM', 'Quit']);
    expect(actions(menu)['Start the engine']).toEqual({ type: 'start-engine' });
    const why = menuModel({ ...unknownEngine, reason: 'status.json is not valid' }, options);
    expect(texts(why)).toEqual(['TSPM: the engine cannot be reached', '-', 'status.json is not valid', 'Start the engine', '-', 'Open TSPM', 'Quit']);
  });

  it('is short without processes', () => expect(texts(menuModel(engine(), options))).toEqual(['TSPM: no processes', '-', 'Open TSPM', 'Quit']));

  it('counts, and has a line for each process, in the order of namespace and name, with its state in shape and word', () => {
    const menu = menuModel(
      engine(
        makeSnapshot({ id: 0, name: 'web', state: 'errored', pid: null }),
        makeSnapshot({ id: 1, name: 'api', balancerMode: 'handoff' }),
        makeSnapshot({ id: 2, name: 'api', instance: 1, state: 'starting', balancerMode: 'handoff' }),
        makeSnapshot({ id: 3, name: 'store', namespace: 'base' }),
      ),
      options,
    );
    expect(texts(menu)).toEqual(['TSPM: 1 of 3 online, 1 errored', '-', 'Start all', 'Stop all', '-', '● store: online', '◐ api: starting, 1 of 2', '✕ web: errored', '-', 'Open TSPM', 'Quit']);
  });

  it('has another shape and another word for each state', () => {
    const marks = processStates.map((state) => textOf(menuModel(engine(makeSnapshot({ state })), options)[5] ?? { kind: 'separator' }));
    expect(new Set(marks.map((mark) => mark[0])).size).toBe(processStates.length);
    expect(new Set(marks.map((mark) => mark.slice(1))).size).toBe(processStates.length);
  });

  it('gives each process what can be done with it', () => {
    const online = submenu(menuModel(engine(makeSnapshot()), options), 'api');
    expect(actions(online)).toEqual({
      Start: null,
      Stop: { type: 'stop', selector: 'api' },
      Restart: { type: 'restart', selector: 'api' },
      Show: { type: 'open', process: 'api', section: 'overview' },
      'Logs…': { type: 'open', process: 'api', section: 'logs' },
    });
    const stopped = submenu(menuModel(engine(makeSnapshot({ state: 'stopped', desired: 'down', pid: null })), options), 'api');
    expect(actions(stopped)).toMatchObject({ Start: { type: 'start', selector: 'api' }, Stop: null });
    const backoff = submenu(menuModel(engine(makeSnapshot({ state: 'backoff', pid: null })), options), 'api');
    expect(actions(backoff)).toMatchObject({ Start: { type: 'start' }, Stop: { type: 'stop' } });
  });

  it('scales clusters by one, and to a number', () => {
    const cluster = (count: number) => Array.from({ length: count }, (_, instance) => makeSnapshot({ id: instance, instance, balancerMode: 'http' }));
    const two = submenu(submenu(menuModel(engine(...cluster(2)), options), 'api'), 'Scale (2)');
    expect(actions(two)).toMatchObject({ '− One less': { type: 'scale', name: 'api', to: 1 }, '+ One more': { type: 'scale', name: 'api', to: 3 }, 4: { type: 'scale', name: 'api', to: 4 } });
    expect(two.flatMap((entry) => (entry.kind === 'action' && entry.chosen === true ? [entry.text] : []))).toEqual(['2']);
    const one = submenu(submenu(menuModel(engine(...cluster(1)), options), 'api'), 'Scale');
    expect(actions(one)['− One less']).toBeNull();
  });

  it('can start all unless all are online, and stop all unless nothing is up', () => {
    const all = (...states: readonly ProcessSnapshot[]) => actions(menuModel(engine(...states), options));
    expect(all(makeSnapshot())).toMatchObject({ 'Start all': null, 'Stop all': { type: 'stop', selector: 'all' } });
    expect(all(makeSnapshot({ state: 'stopped', desired: 'down', pid: null }))).toMatchObject({ 'Start all': { type: 'start', selector: 'all' }, 'Stop all': null });
  });

  it('groups more than 25 processes by namespace', () => {
    const many = (count: number) => Array.from({ length: count }, (_, id) => makeSnapshot({ id, name: `p${id}`, namespace: `n${id % 3}`, state: id === 0 ? 'stopped' : 'online' }));
    expect(menuModel(engine(...many(25)), options)).toHaveLength(5 + 25 + 3);
    const menu = menuModel(engine(...many(100)), options);
    expect(texts(menu).slice(5, -3)).toEqual(['n0 (33 of 34 online)', 'n1 (33 of 33 online)', 'n2 (33 of 33 online)']);
    expect(submenu(menu, 'n0')).toHaveLength(34);
  });

  it('shortens long names in the middle, where they are alike', () => {
    const [line] = texts(menuModel(engine(makeSnapshot({ name: `${'a'.repeat(60)}-worker-17` })), options)).slice(5);
    expect(line).toMatch(/^● a{20}….*-worker-17: online$/);
    expect([...(line ?? '')].length).toBeLessThan(60);
  });

  it('is the same for the same view: measurements change nothing', () => {
    expect(menuModel(engine(makeSnapshot({ cpuPercent: 50, memoryBytes: 1 })), options)).toEqual(menuModel(engine(makeSnapshot({ cpuPercent: 1 })), options));
  });
});
