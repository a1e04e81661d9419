// An object of the stand-in that has a part of what Electron's has. Whoever asks for another part shall be told, and not get
// `undefined`, with which a program goes on until it fails elsewhere.

/** Properties that Node, promises and tools look up on any object. */
const askedOfAnything = new Set<PropertyKey>(['then', 'toJSON', '__esModule', 'default', 'constructor', 'inspect', 'nodeType', 'asymmetricMatch', '$$typeof', 'length']);

export function withoutTheRest<Value extends object>(name: string, value: Value): Value {
  return new Proxy(value, {
    get(target, key, receiver) {
      if (key in target || typeof key === 'symbol' || askedOfAnything.has(key)) return Reflect.get(target, key, receiver) as unknown;
      throw new Error(`the stand-in has no ${name}.${key}`);
    },
  });
}
