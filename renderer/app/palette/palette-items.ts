// What the command palette offers for what was typed. Pure: what an item does is told as data.
import { actionWords, processActions, type ProcessAction } from '../../state/actions.ts';
import { isDown, type ProcessGroup } from '../../state/process-groups.ts';
import { processPath } from '../../format/paths.ts';
import { maxInstances } from '../../../shared/model/limits.ts';

export type PaletteDeed =
  | { readonly kind: 'navigate'; readonly path: string }
  | { readonly kind: 'run'; readonly action: ProcessAction; readonly name: string }
  | { readonly kind: 'scale'; readonly name: string; readonly instances: number }
  | { readonly kind: 'scheme'; readonly scheme: 'light' | 'dark' | 'auto' }
  | { readonly kind: 'help' };

export interface PaletteItem {
  readonly id: string;
  readonly section: 'Pages' | 'Processes' | 'Actions' | 'Page';
  readonly label: string;
  readonly detail: string;
  readonly deed: PaletteDeed;
}

export interface PaletteSources {
  readonly pages: readonly { readonly path: string; readonly title: string }[];
  readonly groups: readonly ProcessGroup[];
  /** Whether the engine can be asked for something now. */
  readonly fresh: boolean;
}

const maxItems = 40;
/** Deleting asks first, and the palette does not ask. */
const offered = processActions.filter((action) => action !== 'delete');

export function paletteItems({ pages, groups, fresh }: PaletteSources, query: string): readonly PaletteItem[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const items = [...pages.map(pageItem), ...groups.map(processItem)];
  if (words.length > 0 && fresh) items.push(...groups.flatMap((group) => actionItems(group, words)));
  items.push(...ownItems);
  return rank(items, words).slice(0, maxItems);
}

function pageItem({ path, title }: PaletteSources['pages'][number]): PaletteItem {
  return { id: `page ${path}`, section: 'Pages', label: title, detail: '', deed: { kind: 'navigate', path } };
}

function processItem({ name, state, group, namespace }: ProcessGroup): PaletteItem {
  return { id: `open ${name}`, section: 'Processes', label: name, detail: `${state} · ${group ?? namespace}`, deed: { kind: 'navigate', path: processPath(name) } };
}

/** Only what makes sense for it now, and scaling only to a number that was typed. */
function actionItems(group: ProcessGroup, words: readonly string[]): readonly PaletteItem[] {
  const { name, instances } = group;
  const down = isDown(instances);
  const items = offered
    .filter((action) => (down ? action === 'start' || action === 'restart' : action !== 'start'))
    .map((action): PaletteItem => ({ id: `${action} ${name}`, section: 'Actions', label: `${actionWords[action].label} ${name}`, detail: '', deed: { kind: 'run', action, name } }));
  const number = Number(words.findLast((word) => /^\d{1,3}$/.test(word)) ?? Number.NaN);
  if (number >= 1 && number <= maxInstances) {
    items.push({ id: `scale ${name}`, section: 'Actions', label: `Scale ${name} to ${number}`, detail: `has ${instances.length} now`, deed: { kind: 'scale', name, instances: number } });
  }
  return items;
}

const ownItems: readonly PaletteItem[] = [
  { id: 'light', section: 'Page', label: 'Colours: light', detail: 'theme', deed: { kind: 'scheme', scheme: 'light' } },
  { id: 'dark', section: 'Page', label: 'Colours: dark', detail: 'theme', deed: { kind: 'scheme', scheme: 'dark' } },
  { id: 'auto', section: 'Page', label: 'Colours: as the system', detail: 'theme', deed: { kind: 'scheme', scheme: 'auto' } },
  { id: 'help', section: 'Page', label: 'Keyboard shortcuts', detail: 'help', deed: { kind: 'help' } },
];

const sections: readonly PaletteItem['section'][] = ['Processes', 'Actions', 'Pages', 'Page'];

/** Every word has to be in it. The best section comes first: that of the item whose label fits best; items of a section stay together. */
function rank(items: readonly PaletteItem[], words: readonly string[]): readonly PaletteItem[] {
  const scored = items.flatMap((item) => {
    const score = scoreOf(item, words);
    return score === null ? [] : [{ item, score }];
  });
  const best = (section: PaletteItem['section']): number => Math.max(-1, ...scored.filter(({ item }) => item.section === section).map(({ score }) => score));
  const order = [...sections].sort((a, b) => best(b) - best(a));
  return scored.sort((a, b) => order.indexOf(a.item.section) - order.indexOf(b.item.section) || b.score - a.score).map(({ item }) => item);
}

/**
 * Whole words count more than beginnings, those more than middles, and the label more than the rest; null: it does not fit. What does
 * something has to be named by beginnings, lest Enter hits a process whose name has the typed one somewhere inside.
 */
function scoreOf({ label, detail, section }: PaletteItem, words: readonly string[]): number | null {
  let score = 0;
  const text = label.toLowerCase();
  const parts = text.split(/[\s.:_-]+/);
  for (const word of words) {
    if (text.split(' ').includes(word)) score += 5;
    else if (text.startsWith(word)) score += 4;
    else if (parts.some((part) => part.startsWith(word))) score += 3;
    else if (section === 'Actions') return null;
    else if (text.includes(word)) score += 1;
    else if (!detail.toLowerCase().includes(word)) return null;
  }
  return score;
}
