// Windows and quitting under the stand-in, in Electron's order and with Electron's refusals.
import { expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { desktopSuite } from './driver/desktop-suite.ts';
import { openFixture } from './fixtures/application.ts';

desktopSuite('windows and quitting under the stand-in', () => {
  test('a page comes from the scheme of the application, with its policy, and again when it is reloaded', async () => {
    const { desktop, page } = await openFixture();
    expect((await desktop.windows())[0]).toMatchObject({ url: 'fixture://app/', visible: true, focused: true });
    expect(await page.evaluate('[isSecureContext, location.protocol]')).toEqual([true, 'https:']);
    expect(await page.evaluate('fetch("/nothing").then((response) => response.status)')).toBe(404);
    const violation = `new Promise((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective));
      document.body.append(Object.assign(document.createElement("script"), { textContent: "1" }));
    })`;
    expect(await page.evaluate(violation)).toBe('script-src-elem');
    await page.reload();
    expect(await page.evaluate('[window.bridgeSeenByPage, bridge.answer]')).toEqual(['object', 42]);
    expect(await page.evaluate('bridge.invoke("echo", "still here")')).toBe('still here');
  });

  test('navigation away and windows of a page are refused', async () => {
    const { desktop, page, heard } = await openFixture();
    await page.click('#away');
    await heard('refused', 'navigation https://example.org/');
    await page.click('#blank');
    await heard('refused', 'window https://example.org/');
    await page.click('#away', { modifiers: ['ControlOrMeta'] });
    await waitFor(async () => ((await page.evaluate('heard')) as unknown[]).length === 3, { what: 'the link to be refused in a new window too' });
    expect(await page.evaluate('window.open("https://example.com/")')).toBeNull();
    await heard('refused', 'window https://example.com/');
    // Chromium makes a window of this one first.
    await page.evaluate(`(() => {
      const form = Object.assign(document.createElement("form"), { action: "https://example.net/form", target: "_blank", rel: "noopener" });
      document.body.append(form);
      form.submit();
    })()`);
    await heard('refused', 'window https://example.net/form?');
    await waitFor(() => page.context().pages().length === 1, { what: 'the refused windows to go' });
    expect((await desktop.windows()).map(({ url }) => url)).toEqual(['fixture://app/']);
    expect(await page.evaluate('bridge.answer')).toBe(42);
  });

  test('permissions are as the application answers', async () => {
    const { page } = await openFixture();
    const state = (name: string) => page.evaluate(`navigator.permissions.query({ name: ${JSON.stringify(name)} }).then(({ state }) => state)`);
    expect([await state('geolocation'), await state('notifications')]).toEqual(['denied', 'denied']);
  });

  test('the theme is the system\'s, or the one that the application asks for', async () => {
    const { desktop, page } = await openFixture();
    const dark = () => page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches');
    expect(await dark()).toBe(false);
    await desktop.setSystemTheme(true);
    await waitFor(dark, { what: 'the dark theme' });
    await page.evaluate('bridge.invoke("theme", "light")');
    await waitFor(async () => !(await dark()), { what: 'the light theme' });
  });

  test('a second start is told to the first and ends', async () => {
    const { desktop, heard } = await openFixture();
    expect(await desktop.startAgain('--from-test')).toBe(3);
    await heard('second', '--from-test', { from: 'second' });
  });

  test('a message box waits for its answer', async () => {
    const { desktop, page } = await openFixture();
    const asked = page.evaluate('bridge.invoke("ask")');
    expect(await desktop.answerBox('No')).toMatchObject({ message: 'Really?', buttons: ['Yes', 'No'] });
    expect(await asked).toEqual({ response: 1, checkboxChecked: false });
  });

  test('quitting can be refused, closing the last window does not quit', async () => {
    const { desktop, page } = await openFixture({ REFUSE_QUIT: '1' });
    await desktop.askToQuit();
    expect(await page.evaluate('bridge.answer')).toBe(42);
    await desktop.closeWindow();
    await waitFor(async () => (await desktop.windows()).length === 0, { what: 'the window to close' });
    expect(desktop.output()).not.toContain('will-quit');
    await desktop.askToQuit();
    expect(await desktop.ended).toBe(0);
    expect(desktop.output()).toContain('will-quit');
  });

  test('SIGTERM quits in order, and kill -9 leaves no browser', async () => {
    const [first, second] = await Promise.all([openFixture(), openFixture()]);
    process.kill(first.desktop.pid, 'SIGTERM');
    expect(await first.desktop.ended).toBe(0);
    // What is left of the browser is looked for when the test has ended.
    await second.desktop.kill();
  });
});
