// The few things of a page that the stand-in's scripts use. Declared here and not by TypeScript's whole DOM library, which would
// give names of the browser to every file that is compiled together with these.

export interface PageElement extends EventTarget {
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
}

export interface PageLink extends PageElement {
  readonly href: string;
  readonly target: string;
}

export interface PointerLikeEvent extends Event {
  readonly relatedTarget: unknown;
  readonly button: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

interface Page extends EventTarget {
  readonly top: unknown;
  readonly document: { readonly baseURI: string; createElement(name: string): PageElement };
  readonly HTMLAnchorElement: new () => PageLink;
  readonly Element: new () => PageElement;
  open: (url?: string, name?: string, features?: string) => unknown;
  readonly MouseEvent: new (type: string, options: { readonly relatedTarget: PageElement }) => PointerLikeEvent;
}

/** The page's global object, of whichever world this runs in. */
export const page = globalThis as unknown as Page;
