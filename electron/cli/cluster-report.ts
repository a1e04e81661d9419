// Clusters as `tspm cluster` prints them: one line about each, and below it the table of its instances.
import type { ClusterInstance, ClusterReport } from '../../shared/contract/reports.ts';
import { formatMilliseconds, formatPercent } from './format.ts';
import type { Colours, Output } from './output.ts';
import { printable } from './printable.ts';
import { processKey } from './process-key.ts';
import { stateColour } from './process-table.ts';
import { renderTable, type Column } from './table.ts';

const indent = '  ';

export function clustersText(output: Output, reports: readonly ClusterReport[]): string {
  if (reports.length === 0) return 'No clusters. A process with a port is one, unless its balancer mode is none: TSPM spreads what comes in there over the instances.';
  return reports.map((report) => clusterText(output, report)).join('\n\n');
}

function clusterText(output: Output, report: ClusterReport): string {
  const { colours } = output;
  const lines = [titleLine(report, colours)];
  if (report.mode === 'shared') lines.push(`${indent}${colours.dim('no strategy applies in shared mode: the kernel spreads the connections')}`);
  if (report.instances.length > 0) {
    const instances = [...report.instances].sort((a, b) => a.instance - b.instance);
    const table = renderTable(columns(report, colours), instances, output.width - indent.length, colours.bold);
    lines.push(...table.split('\n').map((line) => `${indent}${line}`));
  }
  return lines.join('\n');
}

function titleLine(report: ClusterReport, colours: Colours): string {
  const { name, host, port, mode, strategy, waiting, group, namespace } = report;
  const { ready, wanted } = readiness(report.instances);
  const facts = [
    printable(`${host.includes(':') ? `[${host}]` : host}:${port}`),
    mode,
    mode === 'shared' ? 'kernel' : strategy,
    ...(report.listening ? [] : [colours.yellow('not listening')]),
    (ready < wanted ? colours.yellow : colours.green)(`${ready} of ${wanted} ready`),
    ...(waiting > 0 ? [colours.yellow(`${waiting} waiting`)] : []),
    ...(group === null ? [] : [`group ${group}`]),
    ...(namespace === 'default' ? [] : [`namespace ${namespace}`]),
  ];
  return `${colours.bold(name)}  ${facts.join(' · ')}`;
}

/** During a reload an instance is there twice, and one that is on its way out is not missed. */
function readiness(instances: readonly ClusterInstance[]): { readonly ready: number; readonly wanted: number } {
  const count = (isCounted: (traffic: ClusterInstance['traffic']) => boolean): number =>
    new Set(instances.filter(({ traffic }) => isCounted(traffic)).map(({ instance }) => instance)).size;
  return { ready: count((traffic) => traffic === 'ready'), wanted: count((traffic) => traffic !== 'draining') };
}

function columns({ name, mode, instances }: ClusterReport, colours: Colours): readonly Column<ClusterInstance>[] {
  const ejected = instances.some(({ ejections }) => ejections > 0);
  const wasCut = instances.some(({ cut }) => cut > 0);
  const counted = mode === 'http' ? 'requests' : 'connections';
  return [
    { title: 'instance', value: ({ instance }) => processKey({ name, instance }), shrinkTo: 12, style: colours.bold },
    { title: 'state', value: stateText, style: (text, row) => trafficColour(row, colours)(text) },
    { title: 'pid', value: ({ pid }) => (pid === null ? '-' : String(pid)), align: 'right', drop: 5 },
    { title: 'weight', value: ({ weight }) => String(weight), align: 'right', drop: 7 },
    { title: 'open', value: ({ open }) => orEmpty(open, String), align: 'right', hideEmpty: true, drop: 2 },
    { title: counted, value: ({ requests }) => orEmpty(requests, String), align: 'right', hideEmpty: true, drop: 3 },
    { title: 'share', value: ({ share }) => orEmpty(share, (part) => formatPercent(part * 100)), align: 'right', hideEmpty: true, drop: 1 },
    { title: 'p50', value: ({ p50Ms }) => orEmpty(p50Ms, formatMilliseconds), align: 'right', hideEmpty: true, drop: 4 },
    { title: 'p99', value: ({ p99Ms }) => orEmpty(p99Ms, formatMilliseconds), align: 'right', hideEmpty: true, drop: 3 },
    { title: 'ejections', value: ({ ejections }) => (ejected ? String(ejections) : ''), align: 'right', hideEmpty: true, drop: 6 },
    { title: 'cut', value: ({ cut }) => (wasCut ? String(cut) : ''), align: 'right', hideEmpty: true, drop: 6 },
  ];
}

/** What it is; and how the balancer treats it, where that does not follow from it. */
function stateText({ state, traffic }: ClusterInstance): string {
  if (traffic === 'none') return state === 'online' ? 'online, no traffic' : state;
  return traffic === 'ready' || traffic === state ? state : `${state}, ${traffic}`;
}

function trafficColour({ state, traffic }: ClusterInstance, colours: Colours): (text: string) => string {
  if (traffic === 'ejected') return colours.red;
  return state === 'online' && traffic !== 'ready' ? colours.cyan : stateColour(state, colours);
}

function orEmpty(value: number | null, text: (value: number) => string): string {
  return value === null ? '' : text(value);
}
