import { describe, expect, it } from 'vitest';
import { specDifference } from '../../../../electron/supervisor/registry/spec-difference.ts';
import { makeSpec } from '../../../helpers/specs.ts';

describe('specDifference', () => {
  it('finds nothing where nothing differs', () => {
    expect(specDifference(makeSpec(), makeSpec())).toEqual({ changed: [], needsRestart: false });
  });

  it('names fields as the config does, and no value', () => {
    const before = makeSpec({ env: { TOKEN: 'old', GONE: '1' }, args: ['a'] });
    const after = makeSpec({ env: { TOKEN: 'new' }, args: ['b'], logs: { ...before.logs, maxSizeBytes: 5 } });
    expect(specDifference(before, after)).toEqual({ changed: ['args', 'env.TOKEN', 'env.GONE', 'logs.maxSize'], needsRestart: true });
  });

  it('knows what a running child need not be restarted for', () => {
    expect(specDifference(makeSpec(), makeSpec({ killTimeoutMs: 1, maxRestarts: 9 }))).toEqual({ changed: ['maxRestarts', 'killTimeout'], needsRestart: false });
  });
});
