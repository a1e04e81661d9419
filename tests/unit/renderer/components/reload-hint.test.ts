import { describe, expect, it } from 'vitest';
import { reloadHint } from '../../../../renderer/components/reload-hint.ts';

describe('reloadHint', () => {
  it('promises that no request is lost only where requests can be seen', () => {
    expect(reloadHint('http')).toContain('no request is lost');
    for (const mode of ['tcp', 'handoff', 'shared'] as const) expect(reloadHint(mode)).toMatch(/still open after the drain timeout are cut/);
    expect(reloadHint(null)).toContain('One instance after the other');
  });
});
