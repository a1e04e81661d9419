// What a person may call a set of instances: name, name:instance, id, glob, @namespace, group, group=name, or all.
import picomatch from 'picomatch';
import { Failure } from '../../../shared/model/failure.ts';

const groupPrefix = 'group=';
const maxListed = 20;

export interface Selectable {
  readonly id: number;
  readonly instance: number;
  readonly spec: { readonly name: string; readonly namespace: string; readonly group: string | null };
}

/**
 * The instances that any of the selectors means, in list order, each once. An exact name wins over a group of the same name;
 * `group=name` means the group all the same.
 * Throws a Failure `nothing-matched` that names the selectors without a match, and what there is instead.
 */
export function select<Item extends Selectable>(items: readonly Item[], selectors: readonly string[]): readonly Item[] {
  const chosen = new Set<Item>();
  const missing: string[] = [];
  for (const selector of selectors) {
    const matches = matchesOf(items, selector);
    if (matches.length === 0) missing.push(selector);
    for (const item of matches) chosen.add(item);
  }
  if (missing.length > 0) throw nothingMatched(missing, items);
  return items.filter((item) => chosen.has(item));
}

function matchesOf<Item extends Selectable>(items: readonly Item[], selector: string): readonly Item[] {
  if (selector === 'all') return items;
  if (selector.startsWith('@')) return items.filter((item) => item.spec.namespace === selector.slice(1));
  if (selector.startsWith(groupPrefix)) return items.filter((item) => item.spec.group === selector.slice(groupPrefix.length));
  const byName = items.filter((item) => item.spec.name === selector);
  if (byName.length > 0) return byName;
  const one = /^(.+):(\d+)$/.exec(selector);
  if (one !== null) {
    const [, name, instance] = one;
    const exact = items.filter((item) => item.spec.name === name && item.instance === Number(instance));
    if (exact.length > 0) return exact;
  }
  if (/^\d+$/.test(selector)) {
    const byId = items.filter((item) => item.id === Number(selector));
    if (byId.length > 0) return byId;
  }
  const byGroup = items.filter((item) => item.spec.group === selector);
  if (byGroup.length > 0 || !/[*?[\]{}!]/.test(selector)) return byGroup;
  const matches = picomatch(selector);
  const ofInstances = selector.includes(':');
  return items.filter((item) => matches(ofInstances ? `${item.spec.name}:${item.instance}` : item.spec.name));
}

function nothingMatched(missing: readonly string[], items: readonly Selectable[]): Failure {
  const ofGroups = missing.filter((selector) => selector.startsWith(groupPrefix)).length;
  const known = [
    ...(ofGroups < missing.length ? [`known: ${listed(items.map((item) => item.spec.name))}`] : []),
    ...(ofGroups > 0 ? [knownGroups(items)] : []),
  ];
  const instead = items.length === 0 ? 'no process is known; start some first' : known.join('; ');
  return new Failure('nothing-matched', `nothing matches ${missing.map((one) => JSON.stringify(one)).join(', ')}. ${instead}`, { selectors: missing });
}

function knownGroups(items: readonly Selectable[]): string {
  const groups = items.map((item) => item.spec.group).filter((group) => group !== null);
  return groups.length === 0 ? 'no process has a group (clusterGroup in the config)' : `known groups: ${listed(groups)}`;
}

function listed(names: readonly string[]): string {
  const different = [...new Set(names)];
  return `${different.slice(0, maxListed).join(', ')}${different.length > maxListed ? ', …' : ''}`;
}
