// Which HTTP status a failure has.
import type { FailureCode, FailureValue } from '../../../shared/model/failure.ts';

export const tooLarge = 413;

export const statusOf: Readonly<Record<FailureCode, number>> = {
  'invalid-input': 400,
  'invalid-config': 400,
  forbidden: 403,
  'nothing-matched': 404,
  'unknown-command': 404,
  'protocol-mismatch': 409,
  'too-slow': 503,
  'engine-unreachable': 503,
  failed: 500,
  internal: 500,
};

/** `data.status` wins where a failure has one: a body that is too large. */
export function failureStatus({ code, data }: FailureValue): number {
  return isTooLarge(data) ? tooLarge : statusOf[code];
}

export function isTooLarge(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'status' in data && data.status === tooLarge;
}
