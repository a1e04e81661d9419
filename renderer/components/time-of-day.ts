// Times of day in logs and charts: in the reader's time zone, on 24 hours and of steady width, so that they can be compared.

/** `14:03:07` */
export function secondOfDay(moment: number): string {
  const date = new Date(moment);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `14:03:07.042` */
export function millisecondOfDay(moment: number): string {
  return `${secondOfDay(moment)}.${String(new Date(moment).getMilliseconds()).padStart(3, '0')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
