// Addresses of pages, behind the `#`.

export const processesPath = '/';

export function processPath(name: string): string {
  return `/process/${encodeURIComponent(name)}`;
}
