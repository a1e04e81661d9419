import { describe, expect, it } from 'vitest';
import { createCommandRunner, type CommandProblem } from '../../../../renderer/state/command-runner.ts';
import { createClient, type CallOptions } from '../../../../shared/client/client.ts';
import type { Outcome } from '../../../../shared/contract/outcomes.ts';
import { Failure } from '../../../../shared/model/failure.ts';
import { snapshot } from '../snapshots.ts';

interface Asked {
  readonly name: string;
  readonly input: unknown;
  readonly options: CallOptions;
  readonly answer: (outcomes: readonly Outcome[]) => void;
  readonly fail: (error: unknown) => void;
}

function rig() {
  const asked: Asked[] = [];
  const problems: CommandProblem[] = [];
  const client = createClient({
    call: (name, input, options) => new Promise((answer, fail) => asked.push({ name, input, options, answer, fail })),
    subscribe: async () => undefined,
  });
  const runner = createCommandRunner(client, (problem) => problems.push(problem));
  const at = (index: number): Asked => {
    const one = asked[index];
    if (one === undefined) throw new Error(`command ${index} was not asked`);
    return one;
  };
  return { runner, asked, at, problems };
}

function failed(name: string, instance: number, message: string, lastLines: readonly string[] = []): Outcome {
  return { id: instance, name, instance, action: 'failed', changed: [], message, lastLines, process: snapshot({ id: instance, name, instance }) };
}

describe('commands of a page', () => {
  it('are pending until the engine has answered, and show its progress', async () => {
    const { runner, at } = rig();
    const running = runner.run('reload', ['api']);
    expect(runner.pending.getState().get('api')).toEqual({ action: 'reload', progress: null });
    at(0).options.onProgress?.({ done: 1, total: 4, name: 'api', instance: 0, state: 'online' });
    expect(runner.pending.getState().get('api')).toEqual({ action: 'reload', progress: { done: 1, total: 4 } });
    at(0).answer([]);
    await running;
    expect(runner.pending.getState().size).toBe(0);
    expect(at(0)).toMatchObject({ name: 'reload', input: { selectors: ['api'], wait: true } });
  });

  it('show the newest wish for a process, and what an older one still says is not shown', async () => {
    const { runner, at } = rig();
    const first = runner.run('start', ['api', 'web']);
    const second = runner.run('stop', ['api']);
    at(0).options.onProgress?.({ done: 1, total: 2, name: 'api', instance: 0, state: 'online' });
    expect(runner.pending.getState().get('api')?.action).toBe('stop');
    expect(runner.pending.getState().get('web')).toEqual({ action: 'start', progress: { done: 1, total: 2 } });
    at(0).answer([]);
    await first;
    expect([...runner.pending.getState().keys()]).toEqual(['api']);
    at(1).answer([]);
    await second;
    expect(runner.pending.getState().size).toBe(0);
  });

  it('tell of a failure with the last lines, once for instances that failed alike', async () => {
    const { runner, at, problems } = rig();
    const running = runner.run('restart', ['api', 'web']);
    at(0).answer([failed('api', 0, 'exited with code 1', ['boom']), failed('api', 1, 'exited with code 1'), failed('web', 0, 'no such file')]);
    await running;
    expect(problems).toEqual([
      { title: 'Could not restart 2 instances of api', message: 'exited with code 1', lastLines: ['boom'], overtaken: false },
      { title: 'Could not restart web', message: 'no such file', lastLines: [], overtaken: false },
    ]);
  });

  it('say of a stop that a start has overtaken that nothing is wrong', async () => {
    const { runner, at, problems } = rig();
    const running = runner.run('stop', ['api', 'web']);
    const overtaken = failed('api', 0, 'was started meanwhile');
    const stuck = failed('web', 0, 'does not end');
    at(0).answer([{ ...overtaken, process: { ...overtaken.process, desired: 'up' } }, { ...stuck, process: { ...stuck.process, desired: 'down' } }]);
    await running;
    expect(problems.map((problem) => problem.overtaken)).toEqual([true, false]);
  });

  it('tell when the engine refuses or cannot be reached, and are not pending any more', async () => {
    const { runner, at, problems } = rig();
    const running = runner.scale('api', 8);
    expect(at(0)).toMatchObject({ name: 'scale', input: { name: 'api', instances: { to: 8 }, wait: true } });
    at(0).fail(new Failure('engine-unreachable', 'the connection to TSPM is lost'));
    await running;
    expect(problems).toEqual([{ title: 'Could not scale api', message: 'the connection to TSPM is lost', lastLines: [], overtaken: false }]);
    expect(runner.pending.getState().size).toBe(0);
  });
});
