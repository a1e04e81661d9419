// `tspm dashboard`: the pages in a browser.
import { access, rm } from 'node:fs/promises';
import type { DashboardReport } from '../../../shared/contract/reports.ts';
import { Failure } from '../../../shared/model/failure.ts';
import { usageError, wholeNumber } from '../arguments.ts';
import { defineCommand, type Context } from '../command.ts';
import type { Engine } from '../engine.ts';
import { exitCodes } from '../exit-codes.ts';

const loopback = /^(?:localhost|::1|127(?:\.\d{1,3}){3})$/;

export const dashboard = defineCommand({
  name: 'dashboard',
  usage: '',
  about: `Opens the dashboard in a browser: on loopback only, and with a key that is in the address it prints. It stays open, also after a
crash or an upgrade of the engine, until --close; the next time it has a new key. Whoever has the key controls the services: they can be
stopped, restarted and read. What runs is only what a config or the list defines.`,
  options: {
    port: { type: 'string', value: 'number', about: 'port to listen on; 0 for any that is free (default: 8776, or any that is free)' },
    host: { type: 'string', value: 'address', about: 'address to listen on (default: 127.0.0.1); with another one, other machines can reach it, without encryption' },
    'no-open': { type: 'boolean', about: 'only print the address' },
    'allow-commands': { type: 'boolean', about: 'let its pages start any command, until --close: the key is as strong as a shell then' },
    'rotate-key': { type: 'boolean', about: 'give it a new key: all its sessions and what is open in them end at once' },
    close: { type: 'boolean', about: 'close it; its key and all its sessions end' },
  },
  examples: [
    ['dashboard', 'open it, and show it in a browser when there is a screen'],
    ['dashboard --no-open', 'print the address only, for example over ssh'],
    ['dashboard --port 9000', 'on a certain port'],
    ['dashboard --rotate-key', 'after the key or a browser was in the wrong hands'],
    ['dashboard --close', 'close it'],
  ],
  json: `{ open, host, port, url, ticketUrl, allowCommands }
url: with the key; ticketUrl: the same for one use within a minute; port, url and ticketUrl are null when it is closed
allowCommands: whether its pages may start any command`,
  positionals: { min: 0, max: 0 },
  async run(context, { options, given }) {
    const { engine, output } = context;
    const only = options.close ? 'close' : options['rotate-key'] ? 'rotate-key' : null;
    if (only !== null) {
      const surplus = given.find((name) => name !== only && name !== 'json');
      if (surplus !== undefined) throw usageError('dashboard', `--${only} and --${surplus} do not go together`);
      const report = only === 'close' ? await closeDashboard(context) : await rotateKey(context);
      output.result(report, () => `${output.colours.green('✓')} ${only === 'close' ? 'The dashboard is closed' : rotatedText(report)}`);
      return exitCodes.done;
    }
    const report = await engine.call('dashboard', {
      action: 'open',
      ...(options.port === undefined ? {} : { port: wholeNumber('dashboard', 'port', options.port, 0, 65535) }),
      ...(options.host === undefined ? {} : { host: options.host }),
      ...(options['allow-commands'] ? { allowCommands: true } : {}),
    });
    if (!loopback.test(report.host)) {
      output.note(`${output.errorColours.yellow('warning:')} ${report.host} is not loopback: other machines can reach the dashboard, nothing is encrypted, and whoever has the key controls the services`);
    }
    if (report.allowCommands === true) {
      output.note(`${output.errorColours.yellow('warning:')} its pages may start any command until tspm dashboard --close (--allow-commands): whoever has the key has a shell`);
    }
    output.result(report, () => report.url ?? '');
    if (!options['no-open'] && report.ticketUrl !== null) {
      const { openBrowser } = await import('../../platform/open-browser.ts');
      await openBrowser(report.ticketUrl, context.env);
    }
    return exitCodes.done;
  },
});

const closed: DashboardReport = { open: false, host: '127.0.0.1', port: null, url: null, ticketUrl: null, allowCommands: false };

/** Without an engine, the next one shall not open it again. */
async function closeDashboard({ engine, paths }: Context): Promise<DashboardReport> {
  const report = await engine.callRunning('dashboard', { action: 'close' });
  if (report !== null) return report;
  await rm(paths.dashboard, { force: true });
  return closed;
}

/** Without an engine one is started where there is a key: it opens the dashboard again, and then changes the key. */
async function rotateKey({ engine, paths }: Context): Promise<DashboardReport> {
  const input = { action: 'rotate' } as const;
  try {
    const report = await engine.callRunning('dashboard', input);
    return report ?? ((await exists(paths.dashboard)) ? await engine.call('dashboard', input) : closed);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'invalid-input') throw error;
    return await reopen(engine);
  }
}

/** An engine before 0.2.0 knows no other way to a new key. */
async function reopen(engine: Engine): Promise<DashboardReport> {
  const { open, host, port } = await engine.call('dashboard', { action: 'look' });
  if (!open || port === null) return closed;
  await engine.call('dashboard', { action: 'close' });
  return await engine.call('dashboard', { action: 'open', host, port });
}

function rotatedText({ url }: DashboardReport): string {
  return url === null ? 'The dashboard is not open; it gets a new key when it is opened' : `The dashboard has a new key, and all its sessions have ended:\n${url}`;
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
