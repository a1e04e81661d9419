// `tspm dashboard`: the pages in a browser.
import { rm } from 'node:fs/promises';
import type { DashboardReport } from '../../../shared/contract/reports.ts';
import { usageError, wholeNumber } from '../arguments.ts';
import { defineCommand, type Context } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';

const loopback = /^(?:localhost|::1|127(?:\.\d{1,3}){3})$/;

export const dashboard = defineCommand({
  name: 'dashboard',
  usage: '',
  about: `Opens the dashboard in a browser: on loopback only, and with a key that is in the address it prints. It stays open, also after a
crash or an upgrade of the engine, until --close; the next time it has a new key.`,
  options: {
    port: { type: 'string', value: 'number', about: 'port to listen on; 0 for any that is free (default: 8776, or any that is free)' },
    host: { type: 'string', value: 'address', about: 'address to listen on (default: 127.0.0.1); with another one, other machines can reach it, without encryption' },
    'no-open': { type: 'boolean', about: 'only print the address' },
    close: { type: 'boolean', about: 'close it; its key and all its sessions end' },
  },
  examples: [
    ['dashboard', 'open it, and show it in a browser when there is a screen'],
    ['dashboard --no-open', 'print the address only, for example over ssh'],
    ['dashboard --port 9000', 'on a certain port'],
    ['dashboard --close', 'close it'],
  ],
  json: `{ open, host, port, url, ticketUrl }
url: with the key; ticketUrl: the same for one use within a minute; port, url and ticketUrl are null when it is closed`,
  positionals: { min: 0, max: 0 },
  async run(context, { options, given }) {
    const { engine, output } = context;
    if (options.close) {
      const surplus = given.find((name) => ['port', 'host', 'no-open'].includes(name));
      if (surplus !== undefined) throw usageError('dashboard', `--close and --${surplus} do not go together`);
      const report = await closeDashboard(context);
      output.result(report, () => `${output.colours.green('✓')} The dashboard is closed`);
      return exitCodes.done;
    }
    const report = await engine.call('dashboard', {
      action: 'open',
      ...(options.port === undefined ? {} : { port: wholeNumber('dashboard', 'port', options.port, 0, 65535) }),
      ...(options.host === undefined ? {} : { host: options.host }),
    });
    if (!loopback.test(report.host)) {
      output.note(`${output.errorColours.yellow('warning:')} ${report.host} is not loopback: other machines can reach the dashboard, nothing is encrypted, and whoever has the key controls the services`);
    }
    output.result(report, () => report.url ?? '');
    if (!options['no-open'] && report.ticketUrl !== null) {
      const { openBrowser } = await import('../../platform/open-browser.ts');
      await openBrowser(report.ticketUrl, context.env);
    }
    return exitCodes.done;
  },
});

/** Without an engine, the next one shall not open it again. */
async function closeDashboard({ engine, paths }: Context): Promise<DashboardReport> {
  const report = await engine.callRunning('dashboard', { action: 'close' });
  if (report !== null) return report;
  await rm(paths.dashboard, { force: true });
  return { open: false, host: '127.0.0.1', port: null, url: null, ticketUrl: null };
}
