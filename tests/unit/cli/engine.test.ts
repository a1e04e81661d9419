import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../electron/cli/engine.ts';
import { createClient } from '../../../shared/client/client.ts';
import { Failure } from '../../../shared/model/failure.ts';

const absent = (): Failure => new Failure('engine-unreachable', 'no engine', { kind: 'absent', socket: 's' });
const lost = (): Failure => new Failure('engine-unreachable', 'lost', { kind: 'lost', socket: 's' });

/** An engine whose calls answer or throw what is in the list; launching one is counted. */
function engine(answers: readonly unknown[], hasProcesses = false) {
  const left = [...answers];
  let launches = 0;
  const client = createClient({
    async call() {
      const answer = left.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    subscribe: () => Promise.reject(new Error('nothing is subscribed to here')),
  });
  const launch = async () => {
    launches += 1;
  };
  return { engine: createEngine({ client, launch, hasProcesses: async () => hasProcesses }), launches: () => launches };
}

describe('createEngine', () => {
  it('uses the engine that runs', async () => {
    const { engine: running, launches } = engine([[]]);
    expect(await running.call('list', {})).toEqual([]);
    expect([launches(), running.launched]).toEqual([0, false]);
  });

  it('starts one when a command needs it', async () => {
    const { engine: idle, launches } = engine([absent(), []]);
    expect(await idle.call('list', {})).toEqual([]);
    expect([launches(), idle.launched]).toEqual([1, true]);
  });

  it('starts none to ask about nothing', async () => {
    const { engine: idle, launches } = engine([absent()]);
    expect(await idle.ask('list', {})).toBeNull();
    expect(launches()).toBe(0);
  });

  it('starts one to ask when processes are to be looked after', async () => {
    const { engine: idle, launches } = engine([absent(), absent(), ['row']], true);
    expect(await idle.ask('list', {})).toEqual(['row']);
    expect(launches()).toBe(1);
  });

  it('asks again when the engine was replaced in the middle of a question', async () => {
    const { engine: replaced } = engine([lost(), ['row']], true);
    expect(await replaced.ask('list', {})).toEqual(['row']);
    expect(await engine([lost(), ['row']], true).engine.ask('clusters', {})).toEqual(['row']);
  });

  it('starts one ahead of need, once', async () => {
    const { engine: warmed, launches } = engine([absent(), absent(), ['row']]);
    warmed.warmUp();
    expect(await warmed.call('list', {})).toEqual(['row']);
    expect(launches()).toBe(1);
  });

  it('ends one that was started ahead and is not needed, unless it looks after something', async () => {
    const idle = engine([absent(), { stopped: 0 }, 'not asked']);
    await idle.engine.warmUp().cancel();
    expect(await idle.engine.callRunning('list', {})).toBe('not asked');
    const busy = engine([absent(), 'not asked'], true);
    await busy.engine.warmUp().cancel();
    expect(await busy.engine.callRunning('list', {})).toBe('not asked');
  });

  it('does not repeat what changes something', async () => {
    const { engine: replaced } = engine([lost(), []], true);
    await expect(replaced.call('stop', { selectors: ['all'] })).rejects.toMatchObject({ code: 'engine-unreachable' });
  });

  it('passes on what the engine says, and what only looks like absence', async () => {
    const refusal = new Failure('nothing-matched', 'no');
    await expect(engine([refusal]).engine.ask('list', {})).rejects.toBe(refusal);
    const denied = new Failure('engine-unreachable', 'denied', { kind: 'denied', socket: 's' });
    await expect(engine([denied]).engine.call('list', {})).rejects.toBe(denied);
  });

  it('never starts one for callRunning', async () => {
    const { engine: idle, launches } = engine([absent()], true);
    expect(await idle.callRunning('kill', {})).toBeNull();
    expect(launches()).toBe(0);
  });
});
