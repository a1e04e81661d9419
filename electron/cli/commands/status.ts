// `tspm status`: how the engine itself is doing.
import { existsSync } from 'node:fs';
import { productVersion } from '../../../shared/contract/version.ts';
import type { DashboardReport, StatusReport } from '../../../shared/contract/reports.ts';
import { isOlderVersion } from '../../../shared/model/shim-hello.ts';
import { unitOfProcess, userLingers } from '../../platform/login-session.ts';
import { processStates } from '../../../shared/model/process-state.ts';
import { defineCommand, type Context } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatDuration, formatTime } from '../format.ts';
import type { Colours } from '../output.ts';
import { logOutWords } from '../log-out.ts';
import { listProcesses } from '../process-list.ts';
import { printable } from '../printable.ts';

export const status = defineCommand({
  name: 'status',
  usage: '',
  about: 'Shows the engine: its home, version, owner and shim, how many processes are in which state, and what happened lately.',
  options: {},
  examples: [
    ['status', 'for people'],
    ['status --json', 'for programs'],
  ],
  json: `{ home, version, owner: { kind, pid, startedAt, uptimeMs } | null, shim: { pid, version, older } | null, counts, notices: [{ at, message }],
  dashboard: { host, port, allowCommands } | null, linger }
shimTrouble, beside them: why there is no shim although there shall be one
kind: desktop | daemon | runtime; counts: one number per state; startedAt and at: ms since the epoch
owner and shim are null when no engine runs and none is needed; dashboard is null while it is closed
linger: whether systemd keeps what the user runs after the last log-out; null where there is no systemd`,
  positionals: { min: 0, max: 0 },
  async run(context) {
    const { output } = context;
    const report = { ...(await statusReport(context)), dashboard: await openDashboard(context), linger: userLingers() };
    output.result(report, () => statusText(report, Date.now(), output.colours));
    return exitCodes.done;
  },
});

interface ShownStatus extends StatusReport {
  readonly dashboard: OpenDashboard | null;
  readonly linger: boolean | null;
}

/** Without an engine the saved list is counted; when something shall run, an engine is started and asked. */
async function statusReport(context: Context): Promise<StatusReport> {
  const { engine, paths } = context;
  const running = await engine.callRunning('status', {});
  if (running !== null) return running;
  const saved = await listProcesses(context, []);
  const now = await engine.callRunning('status', {});
  if (now !== null) return now;
  const counts = Object.fromEntries(processStates.map((state) => [state, saved.filter((one) => one.state === state).length])) as StatusReport['counts'];
  return { home: paths.home, version: productVersion, owner: null, shim: null, counts, notices: [] };
}

/** Where it is open and what its pages may do, without its key. */
type OpenDashboard = Pick<DashboardReport, 'host' | 'port' | 'allowCommands'>;

/** null when it is closed. Asked only when there is one: an engine that has none has not loaded it either. */
async function openDashboard({ engine, paths }: Context): Promise<OpenDashboard | null> {
  const report = existsSync(paths.dashboard) ? await engine.callRunning('dashboard', { action: 'look' }) : null;
  return report === null || !report.open ? null : { host: report.host, port: report.port, allowCommands: report.allowCommands !== false };
}

function dashboardText({ host, port, allowCommands }: OpenDashboard): string {
  return `open on port ${port ?? 0} of ${host}${allowCommands === false ? '' : '; its pages may start any command'}`;
}

function shimText({ shim, shimTrouble }: StatusReport): string {
  if (shim === null) return shimTrouble ?? 'not running';
  return shim.older === true ? `pid ${shim.pid}; data plane is older (${shim.version ?? 'unknown'}): tspm upgrade replaces it` : `pid ${shim.pid}`;
}

function statusText(report: ShownStatus, now: number, colours: Colours): string {
  const { owner, shim } = report;
  const counted = processStates.filter((state) => (report.counts[state] ?? 0) > 0).map((state) => `${report.counts[state]} ${state}`);
  const rows: readonly (readonly [string, string])[] = [
    ['home', report.home],
    ['version', isOlderVersion(report.version, productVersion) ? `${report.version}: engine is older than this tspm (${productVersion})` : report.version],
    ['engine', owner === null ? 'not running (it starts when it is needed)' : `${owner.kind}, pid ${owner.pid}, up ${formatDuration(owner.uptimeMs ?? Math.max(0, now - owner.startedAt))}`],
    ['shim', shimText(report)],
    ['processes', counted.length === 0 ? 'none' : counted.join(', ')],
    ...(report.dashboard === null ? [] : [['dashboard', dashboardText(report.dashboard)] as const]),
    ...(report.unsaved === undefined ? [] : [['state', report.unsaved] as const]),
    ...(report.linger === null ? [] : [['log-out', logOutWords(report.linger, shim === null ? null : unitOfProcess(shim.pid))] as const]),
  ];
  const notices = report.notices.map(({ at, message }) => `  ${colours.dim(formatTime(at))}  ${printable(message)}`);
  return [
    ...rows.map(([name, value]) => `${colours.bold(name.padEnd(10))} ${printable(value)}`),
    ...(notices.length === 0 ? [] : ['', colours.bold('notices'), ...notices]),
  ].join('\n');
}
