// Numbers as the pages show them: of steady width, with units that say what they are.

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Shown where there is nothing to show. */
export const nothing = '–';

/** `12s`, `3m 20s`, `5h 02m`, `41d 3h`: the two largest units, never less than a second. */
export function formatUptime(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '0s';
  if (ms < minute) return `${Math.floor(ms / second)}s`;
  if (ms < hour) return `${Math.floor(ms / minute)}m ${two(Math.floor((ms % minute) / second))}s`;
  if (ms < day) return `${Math.floor(ms / hour)}h ${two(Math.floor((ms % hour) / minute))}m`;
  return `${Math.floor(ms / day)}d ${Math.floor((ms % day) / hour)}h`;
}

/** Percent of one core: `0.0 %`, `7.3 %`, `250 %`. */
export function formatCpu(percent: number): string {
  if (!Number.isFinite(percent) || percent < 0) return nothing;
  return `${percent < 99.95 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** `512 B`, `42.9 MiB`, `1.20 GiB`: three figures. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return nothing;
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  let value = bytes;
  let unit = 'B';
  for (const larger of ['KiB', 'MiB', 'GiB', 'TiB']) {
    if (value < 999.5) break;
    value /= 1024;
    unit = larger;
  }
  return `${threeFigures(value)} ${unit}`;
}

/** `1,234` with the separators of the person's language. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** Local date and time with seconds. */
export function formatMoment(moment: number): string {
  return moments.format(moment);
}

export function plural(count: number, singular: string, several = `${singular}${/(?:s|sh|ch|x)$/.test(singular) ? 'es' : 's'}`): string {
  return `${formatCount(count)} ${count === 1 ? singular : several}`;
}

const counts = new Intl.NumberFormat();
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

function threeFigures(value: number): string {
  if (value < 9.995) return value.toFixed(2);
  return value < 99.95 ? value.toFixed(1) : String(Math.round(value));
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
