// Watches a download from outside: how much has come, which is shown, and whether it takes too long.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const lookMs = 250;
/** Where a line cannot be overwritten, one is printed this often. */
const plainMs = 5000;

/**
 * `scratch` is the folder that the file grows in, below a folder of its own. `tooLong` is called once, with the reason.
 * `heard` takes what report-download.cjs tells.
 */
export function watchDownload({ scratch, terminal, version, stallMs, limitMs, tooLong }) {
  const begun = performance.now();
  let asked = false;
  let total = null;
  let bytes = 0;
  let grownAt = begun;
  let shownAt = -Infinity;
  let whole = false;

  function show(text, now) {
    if (terminal.isTTY) terminal.write(`\r\u001b[K${text}`);
    else if (now - shownAt >= plainMs) terminal.write(`${text}\n`);
    else return;
    shownAt = now;
  }

  const timer = setInterval(() => {
    const now = performance.now();
    const size = largestFile(scratch);
    if (size > bytes) [bytes, grownAt] = [size, now];
    // It was moved to the cache and is being unpacked.
    whole ||= bytes > 0 && size === 0;
    if (now - begun > limitMs) tooLong(`it took longer than ${seconds(limitMs)}`);
    else if (asked && !whole && now - grownAt > stallMs) tooLong(`${bytes === 0 ? 'there was no answer' : `nothing more came after ${megabytes(bytes)}`} for ${seconds(stallMs)}`);
    else if (whole) show(`Unpacking Electron ${version} …`, now);
    else if (bytes > 0) show(`Fetching Electron ${version}: ${megabytes(bytes)}${total === null ? '' : ` of ${megabytes(total)} (${Math.floor((100 * bytes) / total)} %)`}`, now);
  }, lookMs);
  terminal.write(`Fetching Electron ${version}, once …${terminal.isTTY ? '' : '\n'}`);

  return {
    heard(message) {
      if (message.type === 'asked') [asked, grownAt] = [true, asked ? grownAt : performance.now()];
      else total = message.bytes;
    },
    end() {
      clearInterval(timer);
      if (terminal.isTTY) terminal.write('\r\u001b[K');
    },
  };
}

function largestFile(folder) {
  try {
    return Math.max(0, ...readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => (entry.isFile() && entry.name.endsWith('.zip') ? statSync(path.join(entry.parentPath ?? entry.path, entry.name)).size : 0)));
  } catch {
    // It moved between the two looks.
    return 0;
  }
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

function seconds(ms) {
  return ms >= 120_000 ? `${Math.round(ms / 60_000)} min` : `${ms / 1000} s`;
}
