// What shim and supervisor say of themselves when they meet: the protocols they speak, and the features they have beyond the first one.
// Builds of different age live together: 0.1.0 said only "version 2", and ignores every field that it does not know. Pure.
import { productVersion } from './product-version.ts';

/** Both ends included. */
export interface ProtocolRange {
  readonly oldest: number;
  readonly newest: number;
}

export interface Introduction {
  readonly protocol: ProtocolRange;
  /** Names of what it understands beyond protocol 2. A message of a feature is never sent to a side that did not name it. */
  readonly features: readonly string[];
  readonly productVersion: string;
}

/** What 0.1.0 speaks. It stays the common ground: whatever came later is a feature with a name. */
export const baseProtocol = 2;

/**
 * `not-understood`: an unknown message gets that answer, and the connection lives on.
 * `starter`: a shim is told how to start a supervisor like the one that is connected.
 * `ending`: a supervisor is told that its shim ends the services in order.
 * `succession`: a shim starts the one that takes its place, and gives its listening sockets to it.
 */
export const shimFeatures = ['not-understood', 'succession', 'starter', 'ending'] as const;
export type ShimFeature = (typeof shimFeatures)[number];

export const ourIntroduction: Introduction = {
  protocol: { oldest: baseProtocol, newest: baseProtocol },
  features: shimFeatures,
  productVersion,
};

const maxFeatures = 100;
const maxNameLength = 100;

/** Reads a hello, a welcome or a refusal of any version. What is missing or malformed is what 0.1.0 means by not saying it. */
export function readIntroduction(message: object): Introduction {
  const said: Readonly<Record<string, unknown>> = { ...message };
  const version = asProtocol(said['version']) ?? baseProtocol;
  return {
    protocol: readRange(said['protocol']) ?? { oldest: version, newest: version },
    features: Array.isArray(said['features']) ? said['features'].filter(isName).slice(0, maxFeatures) : [],
    productVersion: isName(said['productVersion']) ? said['productVersion'] : '0.1.0',
  };
}

/** The newest protocol that both speak; null when there is none. */
export function commonProtocol(one: ProtocolRange, other: ProtocolRange): number | null {
  const newest = Math.min(one.newest, other.newest);
  return newest >= Math.max(one.oldest, other.oldest) ? newest : null;
}

export function rangeWords({ oldest, newest }: ProtocolRange): string {
  return oldest === newest ? `protocol ${newest}` : `protocols ${oldest} to ${newest}`;
}

/** Compares major, minor and patch. A version that is not written like that is older than any other. */
export function isOlderVersion(version: string, than: string): boolean {
  const [one, other] = [numbers(version), numbers(than)];
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
}

function numbers(version: string): readonly number[] {
  const [, ...parts] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return parts.length === 3 ? parts.map(Number) : [-1, 0, 0];
}

function readRange(value: unknown): ProtocolRange | null {
  if (typeof value !== 'object' || value === null || !('oldest' in value) || !('newest' in value)) return null;
  const [oldest, newest] = [asProtocol(value.oldest), asProtocol(value.newest)];
  return oldest === null || newest === null || oldest > newest ? null : { oldest, newest };
}

function asProtocol(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxNameLength;
}
