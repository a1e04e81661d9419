// The one line that is written again and again while a command waits.
import type { Progress } from '../../shared/contract/outcomes.ts';
import type { Output } from './output.ts';
import { printable } from './printable.ts';

export function showProgress(output: Output, doing: string, progress: Progress): void {
  if (output.json || !output.showsProgress) return;
  output.progress(progressLine(doing, progress));
}

export function progressLine(doing: string, { done, total, name, instance, state }: Progress): string {
  return `${doing} ${done}/${total} · ${printable(`${name}:${instance} ${state}`)}`;
}
