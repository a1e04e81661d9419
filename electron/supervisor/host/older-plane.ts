// What a data plane of another version cannot do is refused in words, for that feature alone.
import { Failure } from '../../../shared/model/failure.ts';
import type { ShimFeature } from '../../../shared/model/shim-hello.ts';
import type { DataPlane } from './process-host.ts';

export function ageWords({ older, version }: Pick<DataPlane, 'older' | 'version'>): string {
  return `the data plane is ${older ? 'older' : 'of another version'} (${version})`;
}

/** Throws a Failure when the data plane lacks a feature. `what`: "list open files", "move a log". Without a data plane nothing is refused here. */
export function requireFeature(plane: DataPlane | null, feature: ShimFeature, what: string): void {
  if (plane === null || plane.features.has(feature)) return;
  throw new Failure('failed', `${ageWords(plane)} and cannot ${what}; \`tspm upgrade\` replaces it`);
}
