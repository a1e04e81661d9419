// The test's hand on the stand-in: does what a person or the system would do, and tells what there is to see.
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { Browser } from './chromium/browser.ts';
import type { Answer, Command, DesktopState, Question } from './control-messages.ts';
import type { StandInApp } from './electron/app.ts';
import { allWindows } from './electron/browser-window.ts';
import { answerBox, openBoxes } from './electron/dialog.ts';
import { failures } from './electron/failures.ts';
import { nativeTheme } from './electron/native-theme.ts';
import { openedExternally } from './electron/shell.ts';

export function serveControl(app: StandInApp, browser: () => Browser | null): void {
  const send = process.send?.bind(process);
  if (send === undefined) return;
  process.on('message', (question: Question) => {
    if (typeof question?.standIn !== 'number') return;
    const { standIn, command } = question;
    let answer: Answer;
    try {
      obey(command, app);
      answer = { standIn, state: look(app, browser()) };
    } catch (error) {
      answer = { standIn, error: String(error) };
    }
    send(answer);
  });
  // Nobody is left who could end this process.
  process.on('disconnect', () => process.exit(1));
}

function obey(command: Command, app: StandInApp): void {
  switch (command.name) {
    case 'state':
      return;
    case 'quit':
      // After the answer, because this may end the process.
      setImmediate(() => app.quit());
      return;
    case 'activate':
      app.emit('activate', {}, false);
      return;
    case 'answer':
      return answerBox(command.box, command.button, command.checkboxChecked);
    case 'closeWindow':
      allWindows().find(({ id }) => id === command.window)?.close();
      return;
    case 'systemTheme':
      return nativeTheme.setSystemTheme(command.dark);
    default:
      return assertNever(command);
  }
}

function look(app: StandInApp, browser: Browser | null): DesktopState {
  return {
    ready: app.isReady(),
    endpoint: browser?.endpoint ?? null,
    browserPid: browser?.pid ?? null,
    windows: allWindows().map((window) => ({
      id: window.id,
      targetId: window.targetId,
      url: window.webContents.getURL(),
      title: window.getTitle(),
      loaded: !window.webContents.isLoading() && window.webContents.getURL() !== '',
      visible: window.isVisible(),
      focused: window.isFocused(),
      minimized: window.isMinimized(),
    })),
    boxes: openBoxes().map(({ id, options: { message, detail = '', buttons = [] } }) => ({ id, message, detail, buttons })),
    opened: openedExternally(),
    openAtLogin: app.getLoginItemSettings().openAtLogin,
    userData: app.getPath('userData'),
    failures: failures(),
  };
}
