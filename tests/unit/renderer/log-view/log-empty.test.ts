import { describe, expect, it } from 'vitest';
import { emptyText } from '../../../../renderer/components/log-view/log-empty.tsx';

const untouched = { paused: false, cleared: false };

describe('what stands where no line is', () => {
  it('says that nothing was written only where that is known', () => {
    expect(emptyText(untouched, { state: 'live' })).toContain('Nothing written yet');
    expect(emptyText({ ...untouched, cleared: true }, { state: 'live' })).toContain('Cleared');
    expect(emptyText({ ...untouched, paused: true }, { state: 'live' })).toContain('Paused');
    expect(emptyText(untouched, { state: 'lost' })).toContain('Not connected');
    expect(emptyText(untouched, { state: 'failed', message: 'No such process' })).not.toContain('Nothing written');
  });
});
