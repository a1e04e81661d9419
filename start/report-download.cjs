// Loaded into Electron's own downloader (`node --require`): reports the progress of its requests to the parent process, which it does not print itself.
const { subscribe } = require('node:diagnostics_channel');

const report = (message) => process.send?.(message);
process.once('disconnect', () => process.exit(1));
process.channel?.unref();

// The channels of the HTTP client behind fetch (undici).
subscribe('undici:request:create', () => report({ type: 'asked' }));
subscribe('undici:request:headers', ({ response }) => {
  const headers = response.headers.map(String);
  const length = Number(headers[headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-length') + 1]);
  if (response.statusCode === 200) report({ type: 'answered', bytes: Number.isFinite(length) ? length : null });
});
subscribe('undici:request:error', ({ error }) => report({ type: 'failed', reason: error.message || error.code }));
