import { describe, expect, it } from 'vitest';
import { backoffDelay, decide, failureWindowMs, stableUptimeMs, type PolicySpec } from '../../../../electron/supervisor/lifecycle/restart-policy.ts';

const spec: PolicySpec = { autorestart: true, maxRestarts: 3, restartDelayMs: 100, maxRestartDelayMs: 1000, restartBackoff: 2, stopExitCodes: [] };
const crash = { exit: { code: 1, signal: null }, problem: null, ranForMs: 400, at: 50_000 };
const middle = () => 0.5;

describe('decide', () => {
  it('backs off and says why', () => {
    const { decision, history } = decide(spec, crash, [], middle);
    expect(decision).toEqual({ next: 'backoff', delayMs: 100, reason: 'exited with code 1 after 400 ms: next try in 100 ms' });
    expect(history).toEqual([50_000]);
  });

  it('counts the failures since the last stable run, and says how many', () => {
    const { decision } = decide(spec, crash, [20_000, 40_000], middle);
    expect(decision).toEqual({ next: 'backoff', delayMs: 400, reason: 'exited with code 1 after 400 ms, the 3rd time in 30 s: next try in 400 ms' });
  });

  it('gives up after maxRestarts', () => {
    const { decision } = decide(spec, crash, [20_000, 30_000, 40_000], middle);
    expect(decision).toEqual({ next: 'errored', reason: 'exited with code 1 after 400 ms, the 4th time in 30 s: gave up after 3 restarts' });
  });

  it('gives up at once when no restart is allowed', () => {
    expect(decide({ ...spec, maxRestarts: 0 }, crash, [], middle).decision.next).toBe('errored');
  });

  it('forgets failures before a stable run', () => {
    const { decision, history } = decide(spec, { ...crash, ranForMs: stableUptimeMs }, [20_000, 30_000, 40_000], middle);
    expect(decision).toMatchObject({ next: 'backoff', delayMs: 100 });
    expect(history).toEqual([50_000]);
  });

  it('forgets failures outside the window', () => {
    const at = 50_000 + failureWindowMs;
    expect(decide(spec, { ...crash, at }, [20_000, 30_000, 50_000], middle).history).toEqual([at]);
  });

  it('forgets failures that seem to lie ahead, because the clock was set back since', () => {
    expect(decide(spec, crash, [3_650_000, 3_650_100, 3_650_200], middle).decision).toMatchObject({ next: 'backoff', delayMs: 100 });
  });

  it('restarts after a clean exit too, because a service is meant to run', () => {
    expect(decide(spec, { ...crash, exit: { code: 0, signal: null } }, [], middle).decision.next).toBe('backoff');
  });

  it('names the signal that killed it', () => {
    expect(decide(spec, { ...crash, exit: { code: null, signal: 'SIGKILL' } }, [], middle).decision.reason).toContain('killed by SIGKILL');
  });

  it('takes a stop exit code for the end of the work', () => {
    const { decision } = decide({ ...spec, stopExitCodes: [0, 42] }, { ...crash, exit: { code: 42, signal: null } }, [1], middle);
    expect(decision).toEqual({ next: 'exited', reason: 'exited with code 42, one of stopExitCodes' });
  });

  it('without autorestart: completed or errored', () => {
    const once = { ...spec, autorestart: false };
    expect(decide(once, { ...crash, exit: { code: 0, signal: null } }, [], middle).decision).toEqual({ next: 'exited', reason: 'completed after 400 ms' });
    expect(decide(once, crash, [], middle).decision).toEqual({ next: 'errored', reason: 'exited with code 1; autorestart is off' });
  });

  it('treats a command that cannot be spawned as a failure like any other', () => {
    const problem = 'the command nonsense was not found';
    expect(decide(spec, { ...crash, exit: { code: null, signal: null }, problem }, [], middle).decision.reason).toContain(problem);
  });
});

describe('backoffDelay', () => {
  it('grows up to the limit', () => {
    expect([1, 2, 3, 4, 5, 9].map((failure) => backoffDelay(spec, failure, 0.5))).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  it('varies by a tenth', () => {
    expect(backoffDelay(spec, 1, 0)).toBe(90);
    expect(backoffDelay(spec, 1, 0.999_999)).toBe(110);
  });

  it('stays 0 when there is no delay', () => {
    expect(backoffDelay({ ...spec, restartDelayMs: 0 }, 5, 0.9)).toBe(0);
  });
});
