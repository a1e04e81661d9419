// The stand-in's context bridge and IPC, seen from a page: what they carry and what they refuse.
import { expect, test } from 'vitest';
import { desktopSuite } from './driver/desktop-suite.ts';
import { launchFixture, openFixture } from './fixtures/application.ts';

desktopSuite('bridge of the stand-in', () => {
  test('is there before the first script of the page, frozen, and the preload is not', async () => {
    const { page } = await openFixture();
    expect(await page.evaluate('window.bridgeSeenByPage')).toBe('object');
    expect(await page.evaluate('[Object.isFrozen(bridge), Object.isFrozen(bridge.nested.list[1]), bridge.answer]')).toEqual([true, true, 42]);
    expect(await page.evaluate('(() => { "use strict"; try { window.bridge = 1; return "replaced"; } catch (error) { return error.name; } })()')).toBe('TypeError');
    expect(await page.evaluate('[typeof require, typeof ipcRenderer, typeof process, Object.keys(window).filter((name) => /send_|receive_|StandIn/.test(name)).length]')).toEqual(['undefined', 'undefined', 'undefined', 0]);
  });

  test('carries values, functions in both directions, errors and promises', async () => {
    const { page } = await openFixture();
    expect(await page.evaluate('bridge.same({ when: new Date(5), none: undefined, big: 3n })')).toEqual({ when: new Date(5), none: undefined, big: 3n });
    expect(await page.evaluate('bridge.same(new Map([[1, new Set([2])]])).get(1).has(2)')).toBe(true);
    expect(await page.evaluate('bridge.call((value) => value + 1, 41)')).toBe(42);
    expect(await page.evaluate('(() => { const mine = () => 1; return bridge.same(mine) === mine; })()')).toBe(true);
    expect(await page.evaluate('(() => { try { bridge.throwing(); } catch (error) { return [error instanceof Error, error.message]; } })()')).toEqual([true, 'too far']);
    expect(await page.evaluate('bridge.later({ deep: [1] })')).toEqual({ deep: [1] });
    expect(await page.evaluate('bridge.rejecting().catch((error) => error.message)')).toBe('not now');
    expect(await page.evaluate('(() => { try { bridge.same(Symbol("x")); } catch (error) { return error.message; } })()')).toBe('An object could not be cloned.');
  });

  test('refuses in the preload what Electron refuses', async () => {
    const { page } = await openFixture();
    const cannot = 'An object could not be cloned.';
    expect(await page.evaluate('bridge.refusals()')).toEqual({
      exposeTwice: 'Cannot bind an API on top of an existing property on the window object',
      exposeInstance: cannot,
      exposeSymbol: cannot,
      exposeIpcRenderer: cannot,
      sendFunction: cannot,
      sendSymbol: cannot,
      sendInstance: cannot,
      sendSync: 'the stand-in has no ipcRenderer.sendSync',
    });
  });

  test('IPC keeps what a clone keeps, and an error keeps its text only', async () => {
    const { page, heard } = await openFixture();
    expect(await page.evaluate('bridge.invoke("echo", { none: undefined, bytes: new Uint8Array([1]), when: new Date(7) })')).toEqual({ none: undefined, bytes: new Uint8Array([1]), when: new Date(7) });
    expect(await page.evaluate('bridge.invoke("echo", [new Set(["x"])]).then(([set]) => set.has("x"))')).toBe(true);
    expect(await page.evaluate('bridge.invoke("describe", { plain: true })')).toEqual(['[object Object]', true]);
    await page.evaluate('bridge.send("count", 1)');
    await heard('counted', 2);
    const failure = (channel: string) => page.evaluate(`bridge.invoke("${channel}").catch((error) => [error.message, error.code])`);
    expect(await failure('fail')).toEqual(["Error invoking remote method 'fail': TypeError: boom", undefined]);
    expect(await failure('nobody')).toEqual(["Error invoking remote method 'nobody': Error: No handler registered for 'nobody'", undefined]);
    expect(await failure('missing')).toEqual(["Error invoking remote method 'missing': Error: the stand-in has no app.showEmojiPanel", undefined]);
    expect(await page.evaluate('bridge.invoke("give-function").catch((error) => error.message)')).toContain('An object could not be cloned.');
    expect(await page.evaluate('bridge.invoke("echo", { run: () => 1 }).catch((error) => error.message)')).toContain('An object could not be cloned.');
  });

  test('a preload that requires anything but electron fails, and its window with it', async () => {
    const desktop = await launchFixture({ PRELOAD: 'preload-with-fs.cjs' });
    await expect(desktop.page()).rejects.toThrow('Unable to load preload script: module not found: fs');
  });
});
