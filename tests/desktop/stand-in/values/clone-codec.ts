// Values as text, so that they can cross from one JavaScript world to another by structured clone semantics: what the clone
// keeps (undefined, Date, Map, Set, BigInt, typed arrays, errors, cycles) is kept, what it refuses is refused with Electron's words.
//
// One thing is stricter than in Electron: an instance of a class is refused. Electron copies its fields and drops its methods
// without a word, and such a loss shall show here and not at a user's.
import { decodeBytes, encodeBytes, viewOf, viewTypes, type ViewType } from './bytes.ts';

/** How values that no clone carries may cross all the same, as functions do over the context bridge. Null: refused. */
export interface Passage {
  pack(value: object): readonly [tag: string, id: number] | null;
  unpack(tag: string, id: number): unknown;
}

const noPassage: Passage = { pack: () => null, unpack: (tag) => refuse(tag) };

type Tagged = readonly [tag: string, ...parts: unknown[]];

/** Depth at which Electron's context bridge gives up. */
const maxDepth = 1000;

/** Throws "An object could not be cloned." for functions, symbols, instances of classes, promises, weak collections and page objects. */
export function encodeClone(value: unknown, passage: Passage = noPassage): string {
  const seen = new Map<object, number>();

  function encode(value: unknown, depth: number): unknown {
    if (depth > maxDepth) throw new TypeError(`nested objects deeper than ${maxDepth} are not supported`);
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0) ? value : ['number', Object.is(value, -0) ? '-0' : String(value)];
      case 'undefined':
        return ['undefined'];
      case 'bigint':
        return ['bigint', String(value)];
      case 'symbol':
        return refuse('a symbol');
      case 'function':
      case 'object':
        return value === null ? null : encodeObject(value, depth + 1);
      default:
        return refuse(typeof value);
    }
  }

  function encodeObject(value: object, depth: number): Tagged {
    const before = seen.get(value);
    if (before !== undefined) return ['same', before];
    const packed = passage.pack(value);
    if (packed !== null) return packed;
    seen.set(value, seen.size);
    const inner = (part: unknown) => encode(part, depth);
    const kind = kindOf(value);
    if (viewTypes.includes(kind as ViewType)) {
      const view = value as ArrayBufferView;
      return ['view', kind, encodeBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))];
    }
    switch (kind) {
      case 'Array':
        return ['array', (value as readonly unknown[]).length, ...Object.entries(value).flatMap(([key, item]) => [key, inner(item)])];
      case 'Date':
        return ['date', inner((value as Date).getTime())];
      case 'RegExp':
        return ['regexp', (value as RegExp).source, (value as RegExp).flags];
      case 'Map':
        return ['map', ...[...(value as Map<unknown, unknown>)].flatMap(([key, item]) => [inner(key), inner(item)])];
      case 'Set':
        return ['set', ...[...(value as Set<unknown>)].map(inner)];
      case 'ArrayBuffer':
        return ['buffer', encodeBytes(new Uint8Array(value as ArrayBuffer))];
      case 'Error':
        return ['error', (value as Error).name, (value as Error).message, inner((value as Error).stack)];
      default:
        if (kind !== 'Object' || !isPlain(value)) return refuse(kind);
        return ['object', ...Object.entries(value).flatMap(([key, item]) => [key, inner(item)])];
    }
  }

  return JSON.stringify(encode(value, 0));
}

export function decodeClone(text: string, passage: Passage = noPassage): unknown {
  const seen: unknown[] = [];
  const remember = <Value>(value: Value): Value => {
    seen.push(value);
    return value;
  };

  function decode(value: unknown): unknown {
    if (!Array.isArray(value)) return value;
    const [tag, ...parts] = value as unknown as Tagged;
    const [first, second, third] = parts;
    switch (tag) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(first);
      case 'bigint':
        return BigInt(String(first));
      case 'same':
        return seen[Number(first)];
      case 'array': {
        const array = remember<unknown[]>([]);
        // By key and with its length, because an array may have holes.
        array.length = Number(first);
        for (const [key, item] of pairs(parts.slice(1))) Object.assign(array, { [String(key)]: decode(item) });
        return array;
      }
      case 'object': {
        const object = remember({});
        for (const [key, item] of pairs(parts)) Object.defineProperty(object, String(key), { value: decode(item), writable: true, enumerable: true, configurable: true });
        return object;
      }
      case 'map': {
        const map = remember(new Map<unknown, unknown>());
        for (const [key, item] of pairs(parts)) map.set(decode(key), decode(item));
        return map;
      }
      case 'set': {
        const set = remember(new Set<unknown>());
        for (const item of parts) set.add(decode(item));
        return set;
      }
      case 'date':
        return remember(new Date(decode(first) as number));
      case 'regexp':
        return remember(new RegExp(String(first), String(second)));
      case 'buffer':
        return remember(decodeBytes(String(first)).buffer);
      case 'view':
        return remember(viewOf(String(first) as ViewType, decodeBytes(String(second))));
      case 'error':
        return remember(errorOf(String(first), String(second), decode(third)));
      default:
        return passage.unpack(tag, Number(first));
    }
  }

  return decode(JSON.parse(text));
}

/** An error keeps name, message and stack; other properties are lost, as in Electron. */
function errorOf(name: string, message: string, stack: unknown): Error {
  const error = new Error(message);
  if (name !== 'Error') Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  if (typeof stack === 'string') error.stack = stack;
  return error;
}

/** Says the class of a value from whatever world it comes, which `instanceof` cannot. */
function kindOf(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'hasOwnProperty'));
}

function* pairs(parts: readonly unknown[]): Generator<readonly [unknown, unknown]> {
  for (let at = 0; at < parts.length; at += 2) yield [parts[at], parts[at + 1]];
}

function refuse(_what: string): never {
  throw new Error('An object could not be cloned.');
}
