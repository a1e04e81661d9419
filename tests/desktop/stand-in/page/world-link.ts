// The way between a page's own world and the isolated world of the preload. Chromium lets the two share the document and nothing
// else, so they talk through events of an element that only they know; dispatching an event is synchronous, and so is a call.
//
// Faithful to Electron's context bridge: functions are proxied in both directions and at any depth, promises too, errors keep
// their message, exposed values are frozen. Not faithful: symbols and instances of classes are refused instead of being passed
// or flattened; elements and blobs are refused, though Electron carries them.
import { decodeClone, encodeClone, type Passage } from '../values/clone-codec.ts';
import type { PageElement } from './dom.ts';

type Side = 'main' | 'isolated';
type Callable = (...args: readonly unknown[]) => unknown;

/** Calls the other side has asked for, by name. They get decoded arguments. */
export type Services = Readonly<Record<string, Callable>>;

export interface WorldLink {
  /** Calls a service of the other world and gives its answer or throws its error. */
  ask(service: string, ...args: readonly unknown[]): unknown;
}

interface Packet {
  readonly service: string;
  readonly args: string;
}

export function createWorldLink(element: PageElement, side: Side, services: Services): WorldLink {
  const other: Side = side === 'main' ? 'isolated' : 'main';
  const mine = new Map<number, object>();
  const theirs = new WeakMap<object, number>();
  const settlers = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (reason: unknown) => void }>();
  const forgotten = new FinalizationRegistry<number>((id) => ask('forget', id));
  let lastId = 0;

  const passage: Passage = {
    pack(value) {
      const known = theirs.get(value);
      if (known !== undefined) return ['yours', known];
      if (typeof value === 'function') return ['function', keep(value)];
      if (!(value instanceof Promise)) return null;
      const id = ++lastId;
      value.then(
        (result: unknown) => settle(id, true, result),
        (reason: unknown) => settle(id, false, reason),
      );
      return ['promise', id];
    },
    unpack(tag, id) {
      if (tag === 'yours') return mine.get(id);
      if (tag === 'promise') return new Promise((resolve, reject) => settlers.set(id, { resolve, reject }));
      const proxy = (...args: readonly unknown[]) => ask('call', id, args);
      theirs.set(proxy, id);
      forgotten.register(proxy, id);
      return proxy;
    },
  };

  function keep(value: object): number {
    mine.set(++lastId, value);
    return lastId;
  }

  function settle(id: number, resolved: boolean, value: unknown): void {
    try {
      ask('settle', id, resolved, value);
    } catch (error) {
      ask('settle', id, false, error);
    }
  }

  const own: Services = {
    ...services,
    call: (id, args) => (mine.get(id as number) as Callable)(...(args as readonly unknown[])),
    forget: (id) => void mine.delete(id as number),
    settle(id, resolved, value) {
      const settler = settlers.get(id as number);
      settlers.delete(id as number);
      if (resolved === true) settler?.resolve(value);
      else settler?.reject(value);
    },
  };

  function answer({ service, args }: Packet): string {
    try {
      const asked = own[service];
      if (asked === undefined) throw new Error(`the stand-in's bridge has no service ${service}`);
      return encodeClone({ value: asked(...(decodeClone(args, passage) as readonly unknown[])) }, passage);
    } catch (error) {
      return encodeClone({ error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  function ask(service: string, ...args: readonly unknown[]): unknown {
    const packet: Packet = { service, args: encodeClone(args, passage) };
    element.removeAttribute('answer');
    element.dispatchEvent(new CustomEvent(other, { detail: JSON.stringify(packet) }));
    const answered = element.getAttribute('answer');
    // Chromium runs no listeners in a page that it has paused, e.g. in a debugger.
    if (answered === null) throw new Error('the other world of this page does not answer: its scripts are paused');
    const reply = decodeClone(answered, passage) as { readonly value?: unknown; readonly error?: Error };
    if (reply.error !== undefined) throw reply.error;
    return reply.value;
  }

  element.addEventListener(side, (event: Event) => element.setAttribute('answer', answer(JSON.parse((event as CustomEvent<string>).detail) as Packet)));
  return { ask };
}
