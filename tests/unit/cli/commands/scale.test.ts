import { describe, expect, it } from 'vitest';
import { instanceChange, scale } from '../../../../electron/cli/commands/scale.ts';
import type { Outcome } from '../../../../shared/contract/outcomes.ts';
import { Failure } from '../../../../shared/model/failure.ts';
import { fakeContext } from '../../../helpers/fake-context.ts';

function outcome(instance: number, action: Outcome['action'], message = ''): Outcome {
  const process = {
    id: instance, name: 'api', instance, namespace: 'default', group: null, state: 'online', desired: 'up', pid: 100 + instance,
    restarts: 0, startedAt: null, balancerMode: null, uptimeMs: 0, cpuPercent: null, memoryBytes: null, port: 3000, reason: '',
  } as const;
  return { id: instance, name: 'api', instance, action, changed: [], message, lastLines: [], process };
}

describe('instanceChange', () => {
  it.each([
    ['1', { to: 1 }],
    ['512', { to: 512 }],
    ['+2', { by: 2 }],
    ['-1', { by: -1 }],
    ['-512', { by: -512 }],
    ['max', 'max'],
  ])('%s', (text, change) => expect(instanceChange(text)).toEqual(change));

  it.each([
    ['0', 'a process has at least 1 instance: to have none, tspm stop <name>'],
    ['+0', '"+0" changes nothing: give +1 or more'],
    ['-0', '"-0" changes nothing: give -1 or more'],
    ['513', 'at most 512 instances, not "513"'],
    ['+513', 'at most 512 instances'],
    ['-513', 'at most 512 instances'],
    ['1.5', 'how many instances? 4 (that many), +2 (more), -1 (fewer) or max'],
    ['-1.5', 'how many instances?'],
    ['abc', 'not "abc"'],
    ['MAX', 'not "MAX"'],
    ['1e2', 'how many instances?'],
    ['+', 'how many instances?'],
    [' 2', 'how many instances?'],
    ['', 'how many instances?'],
    ['9'.repeat(400), 'how many instances?'],
  ])('%j is refused', (text, message) => {
    expect(() => instanceChange(text)).toThrow(expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining(message) }));
  });
});

describe('tspm scale', () => {
  it.each<[readonly string[], unknown]>([
    [['api', '4'], { to: 4 }],
    [['api', '+2'], { by: 2 }],
    [['api', '-1'], { by: -1 }],
    [['api', '-12'], { by: -12 }],
    [['api', '--', '-1'], { by: -1 }],
    [['--', 'api', '-1'], { by: -1 }],
    [['api', 'max'], 'max'],
  ])('%j', async (argv, instances) => {
    const { context, calls } = fakeContext({ scale: [] });
    expect(await scale.execute(context, argv)).toBe(0);
    expect(calls).toEqual([{ name: 'scale', input: { name: 'api', instances, wait: true } }]);
  });

  it('does not wait when told so, wherever it is told', async () => {
    const { context, calls } = fakeContext({ scale: [] });
    await scale.execute(context, ['api', '--no-wait', '-1']);
    await scale.execute(context, ['api', '-1', '--no-wait']);
    expect(calls.map(({ input }) => input)).toEqual(Array(2).fill(expect.objectContaining({ instances: { by: -1 }, wait: false })));
  });

  it('tells what came, what went and what stayed', async () => {
    const { context, stdout } = fakeContext({ scale: [outcome(0, 'unchanged'), outcome(1, 'started'), outcome(2, 'deleted')] });
    expect(await scale.execute(context, ['api', '2'])).toBe(0);
    expect(stdout()).toBe('= api:0 unchanged, online\n✓ api:1 online, pid 101\n✓ api:2 deleted\n');
  });

  it('fails when one fails', async () => {
    const { context, stdout } = fakeContext({ scale: [outcome(0, 'unchanged'), outcome(1, 'failed', 'exited with code 1')] });
    expect(await scale.execute(context, ['api', '2'])).toBe(1);
    expect(stdout()).toContain('✗ api:1 failed: exited with code 1');
  });

  it('prints the outcomes for programs', async () => {
    const { context, stdout } = fakeContext({ scale: [outcome(0, 'unchanged')] }, true);
    await scale.execute(context, ['api', '1', '--json']);
    expect(JSON.parse(stdout())).toEqual([outcome(0, 'unchanged')]);
  });

  it('passes on what the engine refuses, and says when nothing is known', async () => {
    const refusal = new Failure('invalid-input', 'api has 2 instances and would have -1');
    await expect(scale.execute(fakeContext({ scale: refusal }).context, ['api', '-3'])).rejects.toBe(refusal);
    await expect(scale.execute(fakeContext(null).context, ['api', '2'])).rejects.toMatchObject({ code: 'nothing-matched' });
  });

  it.each<[readonly string[], string]>([
    [[], 'an argument is missing: tspm scale <name> <count | +n | -n | max>'],
    [['api'], 'an argument is missing'],
    [['-1'], 'an argument is missing'],
    [['api', '1', '2'], 'too many arguments, from "2" on'],
    [['api', '-x'], 'unknown option "-x"'],
    [['@shop', '2'], 'scale takes the name of one process, then how many: tspm scale api 4. "@shop" is not a name'],
    [['api:0', '2'], '"api:0" is not a name'],
    [['-1', 'api'], '"-1" is not a name'],
  ])('%j is refused before anything is asked', async (argv, message) => {
    const { context, calls } = fakeContext({});
    await expect((async () => scale.execute(context, argv))()).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(message) });
    expect(calls).toEqual([]);
  });
});
