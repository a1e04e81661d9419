// Whether this shim is to take the place of another one, and what it inherits from that one.
import { successionMark } from '../../shared/model/succession.ts';
import { parseSockets, type InheritedSocket } from './balancer/inherited-sockets.ts';

/** null for a shim that succeeds nobody. What it starts itself does not inherit the mark. */
export function takeSuccession(environment: Record<string, string | undefined>): readonly InheritedSocket[] | null {
  const text = environment[successionMark];
  delete environment[successionMark];
  return text === undefined ? null : parseSockets(text);
}
