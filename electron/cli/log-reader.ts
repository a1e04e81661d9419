// Loads the log reader when there are logs to read, and no config parser with it.
export function loadLogReader() {
  return import('../supervisor/log-reader.ts');
}
