// Addresses of pages, behind the `#`.

export const processesPath = '/';

export function processPath(name: string): string {
  return `/process/${encodeURIComponent(name)}`;
}

/** The name in an address; one that is not well encoded is taken as it is, and names nothing. */
export function nameInPath(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
