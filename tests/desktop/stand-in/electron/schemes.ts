// Own schemes in a stock Chromium, which knows none: `app://host/path` is the page `https://host.app.stand-in.invalid/path` there.
// No request of it reaches a network; main's own handler answers them. Not faithful: the page sees this address in `location`.

const suffix = '.stand-in.invalid';

export interface Schemes {
  readonly privileged: readonly string[];
}

/** Address in Chromium of an address of the application. Gives others back as they are. */
export function toPage(url: string, { privileged }: Schemes): string {
  const { protocol, host, pathname, search, hash } = new URL(url);
  const scheme = protocol.slice(0, -1);
  if (!privileged.includes(scheme)) return url;
  return `https://${host}.${scheme}${suffix}${pathname || '/'}${search}${hash}`;
}

/** Address in the application of an address in Chromium. */
export function fromPage(url: string): string {
  const found = /^https:\/\/([^/]+)\.([a-z][a-z0-9+-]*)\.stand-in\.invalid(\/.*)?$/.exec(url);
  return found === null ? url : `${found[2]}://${found[1]}${found[3] ?? '/'}`;
}

/** A header that names own schemes, e.g. a Content-Security-Policy, in Chromium's terms. */
export function headerToPage(value: string, { privileged }: Schemes): string {
  return privileged.reduce(
    (text, scheme) => text.replaceAll(new RegExp(`(?<![\\w-])${scheme}:(?://([\\w.-]+))?`, 'g'), (_all, host?: string) => (host === undefined ? 'https:' : `https://${host}.${scheme}${suffix}`)),
    value,
  );
}
