// The address of the pages in the desktop: a scheme of our own, so that they have an origin, and nothing of the web is of it.

export const pageScheme = 'app';
const pageHost = 'tspm';
export const startPage = `${pageScheme}://${pageHost}/index.html`;

/** Whether a page at this address is ours. */
export function isOwnPage(address: string): boolean {
  const url = parse(address);
  return url?.protocol === `${pageScheme}:` && url.host === pageHost;
}

/** An address that may be opened in the user's browser, as it is to be given on; null for anything else. */
export function webAddress(address: string): string | null {
  const url = parse(address);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null;
}

/** The file that an address of ours names, as segments below the folder of the pages; null when it names none. */
export function pageFile(address: string): readonly string[] | null {
  if (!isOwnPage(address)) return null;
  const segments = new URL(address).pathname.slice(1).split('/').map(decode);
  return segments.every(isFileName) ? segments : null;
}

function isFileName(segment: string | null): segment is string {
  // Neither a way up, nor a second separator or drive behind the decoding, nor a hidden file.
  return segment !== null && /^[^\0./\\:][^\0/\\:]*$/.test(segment);
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not encoded as an address is: it names nothing.
    return null;
  }
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
