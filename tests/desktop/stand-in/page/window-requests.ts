// Windows that a page wants, asked of the application before Chromium makes any. Electron's answer to a refused `window.open` is
// null, and so is this one. What is not caught here, e.g. a form that is sent to a new window, is closed again: closed-windows.ts.
import { page, type PointerLikeEvent } from './dom.ts';

/** Names that lead to the page itself or to a frame around it. */
const ownTargets = new Set(['', '_self', '_parent', '_top']);

/** In the page's own world: `window.open` asks. */
export function askBeforeOpening(ask: (url: string, name: string) => void): void {
  const open = page.open.bind(page);
  page.open = (url = 'about:blank', name = '_blank', features = '') => {
    if (name !== '' && ownTargets.has(name)) return open(url, name, features);
    ask(new URL(url, page.document.baseURI).href, name);
    return null;
  };
}

/** In either world: links to other windows ask. */
export function askBeforeFollowing(ask: (url: string, name: string) => void): void {
  const follow = (event: Event) => {
    const { button, ctrlKey, metaKey, shiftKey } = event as PointerLikeEvent;
    const [link] = event.composedPath().filter((each) => each instanceof page.HTMLAnchorElement);
    if (link === undefined || link.href === '' || event.defaultPrevented) return;
    if (button !== 1 && !ctrlKey && !metaKey && !shiftKey && ownTargets.has(link.target)) return;
    event.preventDefault();
    ask(link.href, link.target);
  };
  // On the way up, so that the page's own listeners come first.
  page.addEventListener('click', follow);
  page.addEventListener('auxclick', follow);
}
