// The few things of a page that the stand-in's scripts use. Declared here and not by TypeScript's whole DOM library, which would
// give names of the browser to every file that is compiled together with these.

export interface PageElement extends EventTarget {
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
}

export interface PointerLikeEvent extends Event {
  readonly relatedTarget: unknown;
}

interface Page extends EventTarget {
  readonly top: unknown;
  readonly document: { createElement(name: string): PageElement };
  readonly Element: new () => PageElement;
  readonly MouseEvent: new (type: string, options: { readonly relatedTarget: PageElement }) => PointerLikeEvent;
}

/** The page's global object, of whichever world this runs in. */
export const page = globalThis as unknown as Page;
