// Numbers as people read them. Machines get the plain ones with --json.

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds as the two largest units: `850ms`, `12s`, `3m 20s`, `5h 2m`, `41d 3h`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '-';
  if (ms < second) return `${Math.floor(ms)}ms`;
  if (ms < minute) return `${Math.floor(ms / second)}s`;
  if (ms < hour) return pair(ms, minute, 'm', second, 's');
  if (ms < day) return pair(ms, hour, 'h', minute, 'm');
  return pair(ms, day, 'd', hour, 'h');
}

function pair(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % large) / small);
  return rest === 0 ? `${Math.floor(ms / large)}${largeUnit}` : `${Math.floor(ms / large)}${largeUnit} ${rest}${smallUnit}`;
}

/** Bytes with binary units: `512B`, `1.5K`, `42.9M`, `1.2G`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return '-';
  let value = bytes;
  for (const unit of ['B', 'K', 'M', 'G']) {
    if (value < 999.5) return unit === 'B' ? `${Math.round(value)}B` : `${value < 99.95 ? value.toFixed(1) : Math.round(value)}${unit}`;
    value /= 1024;
  }
  return `${value.toFixed(1)}T`;
}

/** Percent of one core: `0%`, `0.4%`, `12%`, `250%`. */
export function formatPercent(percent: number): string {
  if (!Number.isFinite(percent) || percent < 0) return '-';
  const rounded = percent < 9.95 ? Math.round(percent * 10) / 10 : Math.round(percent);
  return `${rounded}%`;
}

/** Milliseconds with about two digits, always in ms so that they compare: `0.42ms`, `3.2ms`, `45ms`, `1250ms`. */
export function formatMilliseconds(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '-';
  if (ms < 0.995) return `${ms.toFixed(2)}ms`;
  return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)}ms`;
}

/** Milliseconds since the epoch as local date and time with seconds. */
export function formatTime(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export function plural(count: number, singular: string, several = `${singular}${/(?:s|sh|ch|x)$/.test(singular) ? 'es' : 's'}`): string {
  return `${count} ${count === 1 ? singular : several}`;
}
