// Windows that a page has opened in spite of page/window-requests.ts. The stand-in has none such: the window is closed, and the
// application is asked, as Electron asks it. Not faithful: Electron makes no window first.
import type { Devtools, Session } from './devtools.ts';

interface Created {
  readonly targetInfo: { readonly targetId: string; readonly type: string; readonly openerId?: string };
}

export function closeWindowsOf(opener: string, devtools: Devtools, page: Session, wanted: (url: string, name: string) => void): void {
  const requests: { readonly url: string; readonly windowName: string }[] = [];
  const open: string[] = [];
  /** Each window needs both: Chromium says what a page wanted in one event and which window it made of it in another. */
  const settle = async (): Promise<void> => {
    const want = requests[0];
    const targetId = open[0];
    if (want === undefined || targetId === undefined) return;
    requests.shift();
    open.shift();
    // First closed and then asked for: as long as the window is there, and a debugger holds it, scripts of its opener stand still.
    await devtools.send('Target.closeTarget', { targetId }).catch(goneAlready);
    wanted(want.url, want.windowName);
  };
  page.on<{ readonly url: string; readonly windowName: string }>('Page.windowOpen', (want) => {
    requests.push(want);
    void settle();
  });
  devtools.on<Created>('Target.targetCreated', ({ targetInfo: { targetId, type, openerId } }) => {
    if (type !== 'page' || openerId !== opener) return;
    open.push(targetId);
    void settle();
  });
}

/** It was closed by its page, or the browser has ended. */
const goneAlready = () => null;
