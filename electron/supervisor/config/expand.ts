// `${VAR}`, `${VAR:-default}` and `$$` in values. A lone `$VAR` stays: it belongs to the shell that may run the command.
import type { LocatedNode, ScalarNode, View } from './located.ts';
import type { ProblemList } from './problem.ts';
import { quote } from './printable.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A default may hold further `${…}`, this deep. */
const maxNesting = 8;

/** The tree with every text expanded from `env` alone. Keys are left as they are; what cannot be expanded is invalid. */
export function expandTree(node: LocatedNode, env: Environment, problems: ProblemList, view: View): LocatedNode {
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => expandTree(item, env, problems, view)) };
  if (node.kind === 'map') {
    return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: expandTree(entry.value, env, problems, view) })) };
  }
  return expandScalar(node, env, problems, view);
}

function expandScalar(node: ScalarNode, env: Environment, problems: ProblemList, view: View): ScalarNode {
  if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
  const template = node.value;
  const expansion = expandText(template, env);
  for (const { message, hint } of expansion.faults) problems.add(node.range, message, hint);
  const expanded = { ...node, value: expansion.text, text: expansion.text, template };
  if (expansion.faults.length > 0) view.invalid.add(expanded);
  return expanded;
}

interface Fault {
  readonly message: string;
  readonly hint: string;
}

export function expandText(template: string, env: Environment, nesting = 0): { readonly text: string; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  let text = '';
  let at = 0;
  while (at < template.length) {
    const dollar = template.indexOf('$', at);
    const next = template[dollar + 1];
    if (dollar === -1) return { text: text + template.slice(at), faults };
    text += template.slice(at, dollar);
    if (next === '{') {
      const end = closingBrace(template, dollar + 2);
      if (end === -1) {
        faults.push({ message: 'a "${" has no closing "}"', hint: 'write $${ for the two signs themselves' });
        return { text: text + template.slice(dollar), faults };
      }
      const part = expandReference(template.slice(dollar + 2, end), env, nesting);
      text += part.text;
      faults.push(...part.faults);
      at = end + 1;
    } else {
      text += '$';
      at = dollar + (next === '$' ? 2 : 1);
    }
  }
  return { text, faults };
}

function expandReference(inner: string, env: Environment, nesting: number): { readonly text: string; readonly faults: readonly Fault[] } {
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(?::-([\s\S]*))?$/.exec(inner);
  const name = match?.[1];
  if (name === undefined || nesting > maxNesting) {
    return faulty(`${quote(`\${${inner}}`)} cannot be expanded`, 'the forms are ${VAR} and ${VAR:-default}; $$ stands for one $');
  }
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  const fallback = match?.[2];
  // As in a shell, `:-` also covers a variable that is set to nothing.
  if (value !== undefined && (value !== '' || fallback === undefined)) return { text: value, faults: [] };
  if (fallback !== undefined) return expandText(fallback, env, nesting + 1);
  return faulty(`${name} is not set`, `set it, or write \${${name}:-default} to allow that; $$ stands for one $`);
}

function faulty(message: string, hint: string): { readonly text: string; readonly faults: readonly Fault[] } {
  return { text: '', faults: [{ message, hint }] };
}

/** The brace that closes the reference whose inside begins at `from`; inner `${` count. */
function closingBrace(template: string, from: number): number {
  let depth = 1;
  for (let at = from; at < template.length; at += 1) {
    if (template.startsWith('${', at)) depth += 1;
    else if (template[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
