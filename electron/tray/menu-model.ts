// The tray's menu as data: a pure function of what is known of the engine. What draws it is elsewhere.
import type { ProcessState } from '../../shared/model/process-state.ts';
import { maxInstances } from '../../shared/model/limits.ts';
import type { EngineView } from './engine-view.ts';
import { summarize, type ProcessSummary } from './process-summary.ts';
import { countsText } from './tray-state.ts';

export type TrayAction =
  | { readonly type: 'start' | 'stop' | 'restart' | 'reload'; readonly selector: string }
  | { readonly type: 'scale'; readonly name: string; readonly to: number }
  /** null: the list of all. */
  | { readonly type: 'open'; readonly process: string | null; readonly section: 'overview' | 'logs' }
  | { readonly type: 'start-engine' | 'quit' };

export type MenuEntry =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'separator' }
  /** `chosen`: one of several of which one is the case; null where there is nothing to choose. */
  | { readonly kind: 'action'; readonly text: string; readonly enabled: boolean; readonly chosen: boolean | null; readonly action: TrayAction }
  | { readonly kind: 'submenu'; readonly text: string; readonly entries: readonly MenuEntry[] };

export interface MenuOptions {
  /** Instances that the menu offers at least; usually the number of processor cores. */
  readonly parallelism: number;
}

/** More processes than this are grouped by namespace: a longer menu does not fit on a screen. */
const longestFlatList = 25;
/** Numbers of instances that are offered one by one. */
const longestScale = 16;
const longestName = 40;
const longestReason = 100;

const separator: MenuEntry = { kind: 'separator' };

export function menuModel(view: EngineView, options: MenuOptions): readonly MenuEntry[] {
  const processes = summarize(view.processes);
  return [
    { kind: 'text', text: `TSPM: ${countsText(view)}` },
    separator,
    ...(view.reachable ? processEntries(processes, options) : engineEntries(view)),
    action('Open TSPM', { type: 'open', process: null, section: 'overview' }),
    action('Quit', { type: 'quit' }),
  ];
}

function engineEntries({ reason }: EngineView): readonly MenuEntry[] {
  const why: readonly MenuEntry[] = reason === '' ? [] : [{ kind: 'text', text: shortened(reason, longestReason) }];
  return [...why, action('Start the engine', { type: 'start-engine' }), separator];
}

function processEntries(processes: readonly ProcessSummary[], options: MenuOptions): readonly MenuEntry[] {
  if (processes.length === 0) return [];
  return [
    action('Start all', { type: 'start', selector: 'all' }, processes.some((one) => one.state !== 'online')),
    action('Stop all', { type: 'stop', selector: 'all' }, processes.some(({ isUp }) => isUp)),
    separator,
    ...(processes.length > longestFlatList ? byNamespace(processes, options) : processes.map((one) => processMenu(one, options))),
    separator,
  ];
}

function byNamespace(processes: readonly ProcessSummary[], options: MenuOptions): readonly MenuEntry[] {
  const namespaces = [...new Set(processes.map(({ namespace }) => namespace))];
  return namespaces.map((namespace) => {
    const own = processes.filter((one) => one.namespace === namespace);
    const online = own.filter((one) => one.online === one.instances).length;
    return { kind: 'submenu', text: `${shortened(namespace)} (${online} of ${own.length} online)`, entries: own.map((one) => processMenu(one, options)) };
  });
}

function processMenu(process: ProcessSummary, options: MenuOptions): MenuEntry {
  const { name, state, instances, online, isUp, isCluster } = process;
  const count = instances === 1 ? '' : `, ${online} of ${instances}`;
  const entries = [
    action('Start', { type: 'start', selector: name }, online < instances),
    action('Stop', { type: 'stop', selector: name }, isUp),
    action('Restart', { type: 'restart', selector: name }),
    ...(isCluster ? [action('Reload', { type: 'reload', selector: name }, isUp), scaleMenu(process, options)] : []),
    separator,
    action('Show', { type: 'open', process: name, section: 'overview' }),
    action('Logs…', { type: 'open', process: name, section: 'logs' }),
  ];
  return { kind: 'submenu', text: `${marks[state]} ${shortened(name)}: ${words[state]}${count}`, entries };
}

function scaleMenu({ name, instances }: ProcessSummary, { parallelism }: MenuOptions): MenuEntry {
  const most = Math.min(longestScale, Math.max(parallelism, 4));
  const numbers = Array.from({ length: most }, (_, index) => index + 1);
  const entries = [
    action('− One less', { type: 'scale', name, to: instances - 1 }, instances > 1),
    action('+ One more', { type: 'scale', name, to: instances + 1 }, instances < maxInstances),
    separator,
    ...numbers.map((to) => ({ ...action(`${to}`, { type: 'scale', name, to }), chosen: to === instances })),
  ];
  return { kind: 'submenu', text: `Scale (${instances})`, entries };
}

/** A state can be told by its shape alone, and by its word alone. */
const marks: Readonly<Record<ProcessState, string>> = { online: '●', waiting: '◌', starting: '◐', stopping: '◑', backoff: '↻', lost: '?', errored: '✕', exited: '✓', stopped: '○' };
const words: Readonly<Record<ProcessState, string>> = { online: 'online', waiting: 'waiting', starting: 'starting', stopping: 'stopping', backoff: 'restarting', lost: 'lost', errored: 'errored', exited: 'exited', stopped: 'stopped' };

function action(text: string, does: TrayAction, enabled = true): Extract<MenuEntry, { kind: 'action' }> {
  return { kind: 'action', text, enabled, chosen: null, action: does };
}

/** In the middle: names that are alike differ at their ends. */
function shortened(text: string, longest = longestName): string {
  const letters = [...text];
  if (letters.length <= longest) return text;
  const kept = longest - 1;
  return `${letters.slice(0, Math.ceil(kept / 2)).join('')}…${letters.slice(-Math.floor(kept / 2)).join('')}`;
}
