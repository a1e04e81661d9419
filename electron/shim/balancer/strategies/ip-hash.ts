// The same client always gets the same instance. Rendezvous hashing (Thaler and Ravishankar, 1998): each pair of client and
// instance has a score, the highest wins; an instance that comes takes its share from all others and moves nobody else.
import { least, type Strategy } from './strategy.ts';

export function ipHash(): Strategy {
  return (targets, client) => {
    const seed = hash(client);
    return least(targets, (one) => -mix(seed ^ mix(one.instance + 1)));
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value;
}

/** The finalizer of MurmurHash3: every bit of the input moves every bit of the result. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
