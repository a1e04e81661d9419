// The caller's environment, which new children inherit.
import { homeMarker } from '../platform/process-identity.ts';

/** Without the mark of a managed process: the CLI may be called by one, of this home or another. */
export function callerEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && name !== homeMarker) inherited[name] = value;
  }
  return inherited;
}
