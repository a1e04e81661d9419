import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { outcomesExitCode, outcomeText } from '../../../electron/cli/outcomes.ts';
import type { Outcome } from '../../../shared/contract/outcomes.ts';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';

const plain = picocolors.createColors(false);

const process: ProcessSnapshot = {
  id: 0, name: 'api', instance: 0, namespace: 'default', group: null, state: 'online', desired: 'up', pid: 123,
  restarts: 0, startedAt: null, balancerMode: null, uptimeMs: 1000, cpuPercent: null, memoryBytes: null, port: null, reason: '',
};

function outcome(over: Partial<Outcome>, snapshot: Partial<ProcessSnapshot> = {}): Outcome {
  return { id: 0, name: 'api', instance: 0, action: 'started', changed: [], message: '', lastLines: [], process: { ...process, ...snapshot }, ...over };
}

describe('outcomeText', () => {
  it.each([
    [outcome({}), '✓ api:0 online, pid 123'],
    [outcome({}, { state: 'exited', pid: null }), '✓ api:0 exited'],
    [outcome({}, { state: 'backoff', pid: null, reason: 'exited with code 1' }), '! api:0 started, but it is in backoff now: exited with code 1'],
    [outcome({}, { state: 'starting' }), '… api:0 starting'],
    [outcome({ action: 'unchanged' }), '= api:0 unchanged, online'],
    [outcome({ action: 'restarted', changed: ['env.PORT', 'args'] }), '↻ api:0 restarted, pid 123 (changed: env.PORT, args)'],
    [outcome({ action: 'reloaded' }), '↻ api:0 reloaded, pid 123'],
    [outcome({ action: 'stopped' }, { state: 'stopped', pid: null }), '✓ api:0 stopped'],
    [outcome({ action: 'signalled', message: 'SIGHUP' }), '✓ api:0 signalled: SIGHUP'],
    [outcome({ action: 'failed', message: 'exited with code 1' }), '✗ api:0 failed: exited with code 1'],
    [outcome({ action: 'failed' }, { reason: 'why\u001B[2J' }), '✗ api:0 failed: why\\x1b[2J'],
  ])('%#: one line', (given, text) => expect(outcomeText(given, plain)).toBe(text));

  it('shows the last output of what failed, without its escape codes', () => {
    expect(outcomeText(outcome({ action: 'failed', message: 'x', lastLines: ['\u001B[31ma', 'b\u001B[2J'] }), plain)).toBe('✗ api:0 failed: x\n    │ a\n    │ b\\x1b[2J');
  });
});

describe('outcomesExitCode', () => {
  it('is 1 when any failed', () => {
    expect(outcomesExitCode([outcome({}), outcome({ action: 'unchanged' })])).toBe(0);
    expect(outcomesExitCode([outcome({}), outcome({ action: 'failed' })])).toBe(1);
    expect(outcomesExitCode([])).toBe(0);
  });
});
