// The key of the dashboard's door: a token in the address's fragment, which no server sees and which is taken away once it is used.

/** Takes a token out of a link, a fragment or the bare token that a person pasted; null when there is none. */
export function tokenIn(text: string): string | null {
  const trimmed = text.trim();
  const marked = /[#&?]?\btoken=([^&\s]+)/.exec(trimmed)?.[1];
  if (marked !== undefined) return decode(marked);
  return /^[\w.~+/=-]{16,512}$/.test(trimmed) ? trimmed : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not encoded, then; the door will judge it.
    return text;
  }
}

type PageAddress = Readonly<Record<'hash' | 'pathname' | 'search', string>>;

interface PageHistory {
  replaceState(state: null, unused: '', address: string): void;
}

/** The token of the page's own address, once: it is gone from address and history afterwards. */
export function takeTokenFromAddress(location: PageAddress, history: PageHistory): string | null {
  if (!location.hash.startsWith('#token=')) return null;
  const token = tokenIn(location.hash);
  history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  return token;
}
