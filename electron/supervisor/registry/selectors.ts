// What a person may call a set of instances: name, name:instance, id, glob, @namespace, group, or all.
import picomatch from 'picomatch';
import { Failure } from '../../../shared/model/failure.ts';

export interface Selectable {
  readonly id: number;
  readonly instance: number;
  readonly spec: { readonly name: string; readonly namespace: string; readonly group: string | null };
}

/**
 * The instances that any of the selectors means, in list order, each once. An exact name wins over a group of the same name.
 * Throws a Failure `nothing-matched` that names the selectors without a match.
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
  const names = [...new Set(items.map((item) => item.spec.name))];
  const known = names.length === 0 ? 'no process is known; start some first' : `known: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}`;
  return new Failure('nothing-matched', `nothing matches ${missing.map((one) => JSON.stringify(one)).join(', ')}. ${known}`, { selectors: missing });
}
