// What the shell gets to see of a failure.
import type { FailureCode } from '../../shared/model/failure.ts';

export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  nothingMatched: 3,
  unreachable: 4,
  /** 128 + SIGINT, as shells report it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byFailure: Readonly<Record<FailureCode, ExitCode>> = {
  'invalid-input': exitCodes.usage,
  'invalid-config': exitCodes.usage,
  'nothing-matched': exitCodes.nothingMatched,
  'engine-unreachable': exitCodes.unreachable,
  'protocol-mismatch': exitCodes.unreachable,
  failed: exitCodes.failed,
  'unknown-command': exitCodes.failed,
  'too-slow': exitCodes.failed,
  forbidden: exitCodes.failed,
  internal: exitCodes.failed,
};

export function exitCodeOf(code: FailureCode): ExitCode {
  // A newer engine may know codes that this program does not.
  return byFailure[code] ?? exitCodes.failed;
}
