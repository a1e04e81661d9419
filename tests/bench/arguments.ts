// What `npm run bench -- …` was asked for.
import type { Figure } from './figure.ts';

export interface BenchRequest {
  readonly chosen: readonly Figure[];
  /** RESULTS.md is written: a full run, or `--update`. */
  readonly write: boolean;
}

/** Throws an Error for words it does not know. */
export function parseArguments(argv: readonly string[], figures: readonly Figure[]): BenchRequest {
  const names = argv.filter((word) => word !== '--update');
  const unknown = names.filter((name) => !figures.some((one) => one.name === name));
  if (unknown.length > 0) throw new Error(`there is no figure ${unknown.join(', ')}; there are ${figures.map((one) => one.name).join(', ')}`);
  const chosen = names.length === 0 ? figures : figures.filter((one) => names.includes(one.name));
  return { chosen, write: chosen.length === figures.length || argv.includes('--update') };
}
