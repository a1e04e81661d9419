// Runs in the page's own world before any script of the page: waits for the isolated world's element and exposes what comes over it.
import { page, type PointerLikeEvent } from './dom.ts';
import { askBeforeOpening } from './window-requests.ts';
import { createWorldLink } from './world-link.ts';

/** `meeting` is the name of the event with which the isolated world hands its element over; a secret of the two. */
export function startMainWorld(meeting: string): void {
  const meet = (event: Event) => {
    const element = (event as PointerLikeEvent).relatedTarget;
    if (!(element instanceof page.Element)) return;
    const link = createWorldLink(element, 'main', {
      expose(key, api) {
        if (String(key) in page) throw new Error('Cannot bind an API on top of an existing property on the window object');
        Object.defineProperty(page, String(key), { value: deepFreeze(api), enumerable: true });
      },
    });
    askBeforeOpening((url, name) => link.ask('open', url, name));
  };
  page.addEventListener(meeting, meet, { once: true });
}

function deepFreeze(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
