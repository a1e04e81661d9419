// What went wrong in a way that Electron would only print, such as a preload that cannot be loaded. A test shall fail by it.

const seen: string[] = [];

export function noteFailure(text: string): void {
  seen.push(text);
  process.stderr.write(`stand-in: ${text}\n`);
}

export const failures = (): readonly string[] => seen;
