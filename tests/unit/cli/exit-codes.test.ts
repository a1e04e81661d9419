import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../electron/cli/exit-codes.ts';
import type { FailureCode } from '../../../shared/model/failure.ts';

describe('exitCodeOf', () => {
  it.each<[FailureCode, number]>([
    ['failed', 1],
    ['internal', 1],
    ['unknown-command', 1],
    ['invalid-input', 2],
    ['invalid-config', 2],
    ['nothing-matched', 3],
    ['engine-unreachable', 4],
    ['protocol-mismatch', 4],
  ])('%s is %d', (code, exitCode) => expect(exitCodeOf(code)).toBe(exitCode));

  it('takes a code of a newer engine as a failure', () => {
    expect(exitCodeOf('of-tomorrow' as FailureCode)).toBe(1);
  });
});
