import { describe, expect, it } from 'vitest';
import { afterEvent, fromSnapshot, unknownEngine } from '../../../electron/tray/engine-view.ts';
import { menuTemplate } from '../../../electron/tray/menu-template.ts';
import { trayIcon } from '../../../electron/tray/tray-icon.ts';
import { countsText, trayState } from '../../../electron/tray/tray-state.ts';
import type { ProcessState } from '../../../shared/model/process-state.ts';
import { makeSnapshot } from '../../helpers/snapshots.ts';

const engine = (...states: readonly ProcessState[]) => ({ reachable: true, reason: '', processes: states.map((state, id) => makeSnapshot({ id, name: `p${id}`, state, pid: state === 'online' ? 100 + id : null, desired: state === 'stopped' ? 'down' : 'up' })) });

describe('the icon of the tray', () => {
  it.each([
    ['idle', []],
    ['idle', ['stopped', 'exited']],
    ['fine', ['online', 'stopped', 'exited']],
    ['busy', ['online', 'starting']],
    ['busy', ['backoff']],
    ['busy', ['stopping', 'online']],
    ['trouble', ['online', 'starting', 'errored']],
  ] as const)('is %s with %j', (expected, states) => expect(trayState(engine(...states))).toBe(expected));

  it('is gone while the engine cannot be reached, whatever was known', () => expect(trayState({ ...engine('errored'), reachable: false })).toBe('gone'));

  it('comes with words', () => {
    expect(countsText(engine('online', 'online', 'errored', 'backoff'))).toBe('2 of 4 online, 1 errored, 1 restarting');
    expect(countsText(engine())).toBe('no processes');
  });

  it('is a template on macOS', () => {
    expect(trayIcon('busy', 'darwin')).toEqual({ file: 'tray/busy-Template.png', template: true });
    expect(trayIcon('gone', 'linux')).toEqual({ file: 'tray/gone-22.png', template: false });
  });
});

describe('what the tray knows', () => {
  it('follows the events, and is the same object where they change nothing', () => {
    const status = { home: '', version: '', owner: null, shim: null, counts: { stopped: 0, waiting: 0, starting: 0, online: 0, stopping: 0, backoff: 0, lost: 0, exited: 0, errored: 0 }, notices: [] };
    let view = fromSnapshot({ at: 0, status, processes: [makeSnapshot()] });
    view = afterEvent(view, { type: 'process.changed', at: 1, process: makeSnapshot({ state: 'errored' }) });
    view = afterEvent(view, { type: 'process.changed', at: 1, process: makeSnapshot({ id: 1, name: 'web' }) });
    expect(view.processes.map(({ name, state }) => [name, state])).toEqual([['api', 'errored'], ['web', 'online']]);
    expect(afterEvent(view, { type: 'usage', at: 2, samples: [] })).toBe(view);
    view = afterEvent(view, { type: 'process.removed', at: 3, id: 0, name: 'api', instance: 0 });
    expect(view.processes.map(({ name }) => name)).toEqual(['web']);
    expect(unknownEngine.reachable).toBe(false);
  });
});

describe('the template for Electron', () => {
  it('clicks the action, keeps ampersands, and marks what is chosen', () => {
    const clicked: unknown[] = [];
    const template = menuTemplate(
      [
        { kind: 'text', text: 'a & b' },
        { kind: 'separator' },
        { kind: 'submenu', text: 'more', entries: [{ kind: 'action', text: '2', enabled: true, chosen: true, action: { type: 'scale', name: 'api', to: 2 } }] },
        { kind: 'action', text: 'Quit', enabled: false, chosen: null, action: { type: 'quit' } },
      ],
      (action) => clicked.push(action),
    );
    expect(template[0]).toEqual({ label: 'a && b', enabled: false });
    expect(template[1]).toEqual({ type: 'separator' });
    expect(template[2]?.submenu).toMatchObject([{ label: '2', type: 'radio', checked: true }]);
    expect(template[3]).toMatchObject({ label: 'Quit', enabled: false });
    expect(template[3]).not.toHaveProperty('type');
    // Electron hands over the item, the window and the event; none is looked at.
    (template[3]?.click as (() => void) | undefined)?.();
    expect(clicked).toEqual([{ type: 'quit' }]);
  });
});
