// The table of processes, as `list` and `start` print it.
import type { ProcessState } from '../../shared/model/process-state.ts';
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import { formatBytes, formatDuration, formatPercent } from './format.ts';
import type { Colours, Output } from './output.ts';
import { printable } from './printable.ts';
import { renderTable, type Column } from './table.ts';

/** For the help of commands that print snapshots. */
export const snapshotJson = `[{ id, name, instance, namespace, group, state, desired, pid, restarts, startedAt, uptimeMs,
   cpuPercent, memoryBytes, port, balancerMode, reason }]
state: stopped | waiting | starting | online | stopping | backoff | lost | exited | errored
desired: up | down; startedAt: ms since the epoch; balancerMode: handoff | shared | http | tcp, null for none;
group, pid, startedAt, cpuPercent (of one core), memoryBytes and port may be null`;

export const noProcesses = 'No processes. tspm start <config | script | command> adds some; tspm init writes a config.';

export function processTable(output: Output, snapshots: readonly ProcessSnapshot[]): string {
  if (snapshots.length === 0) return noProcesses;
  const ordered = [...snapshots].sort((a, b) => a.id - b.id);
  const several = namesWithSeveral(snapshots);
  return renderTable(columns(output.colours, several), ordered, output.width, output.colours.bold);
}

function columns(colours: Colours, several: ReadonlySet<string>): readonly Column<ProcessSnapshot>[] {
  return [
    { title: 'id', value: ({ id }) => String(id), align: 'right', drop: 3 },
    { title: 'name', value: ({ name, instance }) => (several.has(name) ? `${name}:${instance}` : name), shrinkTo: 12, style: colours.bold },
    { title: 'namespace', value: ({ namespace }) => namespace, shrinkTo: 9, style: colours.dim, drop: 9 },
    { title: 'state', value: ({ state }) => state, style: (text, { state }) => stateColour(state, colours)(text) },
    { title: 'pid', value: ({ pid }) => (pid === null ? '-' : String(pid)), align: 'right', drop: 5 },
    { title: 'restarts', value: ({ restarts }) => String(restarts), align: 'right', drop: 7, style: (text, { restarts }) => (restarts > 0 ? colours.yellow(text) : text) },
    { title: 'uptime', value: ({ pid, uptimeMs }) => (pid === null ? '-' : formatDuration(uptimeMs)), align: 'right', drop: 2 },
    { title: 'cpu', value: ({ cpuPercent }) => (cpuPercent === null ? '' : formatPercent(cpuPercent)), align: 'right', hideEmpty: true, drop: 4 },
    { title: 'memory', value: ({ memoryBytes }) => (memoryBytes === null ? '' : formatBytes(memoryBytes)), align: 'right', hideEmpty: true, drop: 4 },
    { title: 'port', value: ({ port }) => (port === null ? '' : String(port)), align: 'right', hideEmpty: true, drop: 8 },
    { title: 'reason', value: ({ state, reason }) => (state === 'online' ? '' : printable(reason)), hideEmpty: true, shrinkTo: 24, drop: 1 },
  ];
}

export function stateColour(state: ProcessState, colours: Colours): (text: string) => string {
  switch (state) {
    case 'online':
      return colours.green;
    case 'waiting':
    case 'starting':
    case 'stopping':
      return colours.cyan;
    case 'backoff':
    case 'lost':
      return colours.yellow;
    case 'errored':
      return colours.red;
    case 'stopped':
    case 'exited':
      return colours.dim;
    default:
      return unknownState(state);
  }
}

/** A newer engine may have states that this program does not know; they are shown as they are called. */
function unknownState(_state: never): (text: string) => string {
  return (text) => text;
}

function namesWithSeveral(snapshots: readonly ProcessSnapshot[]): ReadonlySet<string> {
  const several = new Set<string>();
  const seen = new Set<string>();
  for (const { name, instance } of snapshots) {
    if (seen.has(name) || instance > 0) several.add(name);
    seen.add(name);
  }
  return several;
}
