// Electron's security checklist for everything that shows a page: it stays where it is, opens nothing, embeds nothing and is
// permitted nothing. A link to the web goes to the user's browser.
import { app, session, shell, type WebContents } from 'electron';
import { errorMessage } from '../../shared/model/failure.ts';
import { isOwnPage, webAddress } from './page-address.ts';

/** A page of ours may put text on the clipboard, which its copy buttons do; reading it is another permission. */
const permitted = 'clipboard-sanitized-write';

/** Holds for every window from now on. Call when the application is ready. */
export function guardPages(log: (message: string) => void): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, log));
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => answer(mayHave(permission, requestingUrl)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) => mayHave(permission, origin));
}

function mayHave(permission: string, address: string): boolean {
  return permission === permitted && isOwnPage(address);
}

function guard(contents: WebContents, log: (message: string) => void): void {
  const openOutside = (address: string): void => {
    const target = webAddress(address);
    if (target === null) return log('a page wanted to leave for something that is no web address: refused');
    shell.openExternal(target).catch((error: unknown) => log(`${target} cannot be opened in a browser: ${errorMessage(error)}`));
  };
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event, url) => {
    event.preventDefault();
    if (!isOwnPage(url)) openOutside(url);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
