// What a reload means for the clients of a process, which its balancing decides. Pure.
import { assertNever } from '../../shared/model/assert-never.ts';
import type { BalancerMode } from '../../shared/model/balancing.ts';

/** Of several processes, which may be balanced differently. */
export const reloadHintOfSeveral = 'One instance after the other; where TSPM has the port, a successor takes over first';

export function reloadHint(mode: BalancerMode | null): string {
  switch (mode) {
    case null:
      return 'One instance after the other; it has no port to keep open';
    case 'http':
      return 'A successor takes over first; no request is lost';
    case 'tcp':
    case 'handoff':
    case 'shared':
      return 'A successor takes over first; connections that are still open after the drain timeout are cut';
    default:
      return assertNever(mode);
  }
}
