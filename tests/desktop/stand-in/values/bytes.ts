// Bytes as base64, with what both a page and Node have.

const constructors = {
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView,
} as const;

export type ViewType = keyof typeof constructors;
export const viewTypes = Object.keys(constructors) as readonly ViewType[];

/** Arguments of one call of `fromCharCode`; more would overflow the stack. */
const chunk = 8192;

export function encodeBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(text);
}

export function decodeBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function viewOf(type: ViewType, bytes: Uint8Array<ArrayBuffer>): ArrayBufferView {
  return Reflect.construct(constructors[type], [bytes.buffer]) as ArrayBufferView;
}
