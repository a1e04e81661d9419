// The stand-in's tray and notifications, over a real session bus.
import { expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { desktopSuite } from './driver/desktop-suite.ts';
import { openFixture } from './fixtures/application.ts';

desktopSuite('tray and notifications of the stand-in', () => {
  test('the panel shows picture, text and menu, and clicks reach the application', async () => {
    const { desktop, heard } = await openFixture();
    const icon = await desktop.shell.tray.icon();
    const { width, height, argb } = await icon.picture();
    expect([width, height, argb.subarray(0, 4)]).toEqual([2, 2, Buffer.from([255, 255, 0, 0])]);
    expect(await icon.toolTip()).toBe('Fixture: idle');
    expect((await icon.menu()).map(({ label, separator, checked, children }) => [label, separator, checked, children.length])).toEqual([
      ['Open_it & more', false, null, 0],
      ['', true, null, 0],
      ['api', false, null, 2],
      ['Loud', false, true, 0],
      ['Quit', false, null, 0],
    ]);
    await icon.click('Open_it & more');
    await heard('clicked', 'open');
    await icon.click('api', 'Stop');
    await heard('clicked', 'stop api');
    await icon.activate();
    await heard('clicked', 'icon');
    await expect(icon.click('api', 'Start')).rejects.toThrow('greyed');
    await icon.click('Loud');
    await waitFor(async () => (await icon.toolTip()) === 'Fixture: loud false', { what: 'the new text' });
  });

  test('quit in the menu ends the application, and its icon goes', async () => {
    const { desktop } = await openFixture();
    await (await desktop.shell.tray.icon()).click('Quit');
    expect(await desktop.ended).toBe(0);
    await waitFor(() => desktop.shell.tray.icons().length === 0, { what: 'the icon to go' });
  });

  test('a notification is shown, clicked and closed', async () => {
    const { desktop, page, heard } = await openFixture();
    await page.evaluate('bridge.invoke("notify")');
    const { id, title, body, actions } = await desktop.shell.notifications.shown('api crashed');
    expect({ title, body, actions }).toEqual({ title: 'api crashed', body: 'exit code 1', actions: ['default', 'View'] });
    desktop.shell.notifications.click(id);
    for (const name of ['show', 'click', 'close']) await heard('notification', name);
    expect(desktop.shell.notifications.open()).toEqual([]);
  });
});
