import { describe, expect, it } from 'vitest';
import { createQuit, type Quit, type QuitDecision, type QuitParts } from '../../../electron/main/quit.ts';
import { withResolvers } from '../../../shared/model/with-resolvers.ts';
import { waitFor } from '../../helpers/wait-for.ts';

interface Rig {
  readonly quit: Quit;
  readonly done: string[];
  /** A request of the application's to go; gives whether it was held. */
  request(): boolean;
}

function rig(own: Partial<QuitParts> = {}): Rig {
  const done: string[] = [];
  const quit = createQuit({
    setting: () => 'keep',
    running: () => Promise.resolve(2),
    ask: () => Promise.reject(new Error('nobody is to be asked')),
    handOver: (successor) => Promise.resolve(void done.push(`hand over ${successor}`)),
    stopAll: () => Promise.resolve(void done.push('stop all')),
    failed: (error) => void done.push(String(error)),
    leave: () => void done.push('leave'),
    ...own,
  });
  return {
    quit,
    done,
    request() {
      let held = false;
      quit.request({ preventDefault: () => (held = true) });
      return held;
    },
  };
}
const seen = (done: readonly string[], last: string) => waitFor(() => done.at(-1) === last, { what: `${last} after ${done.join(', ')}` });

describe('quitting', () => {
  it('is held at once, and let through when the services were handed over', async () => {
    const { request, done } = rig();
    expect(request()).toBe(true);
    await seen(done, 'leave');
    expect(done).toEqual(['hand over true', 'leave']);
    expect(request()).toBe(false);
  });

  it('needs no successor when nothing runs, and asks nobody', async () => {
    const { request, done } = rig({ running: () => Promise.resolve(0), setting: () => 'ask' });
    request();
    await seen(done, 'leave');
    expect(done).toEqual(['hand over false', 'leave']);
  });

  it('stops all where the settings say so', async () => {
    const { request, done } = rig({ setting: () => 'stop' });
    request();
    await seen(done, 'leave');
    expect(done).toEqual(['stop all', 'leave']);
  });

  it.each([
    ['keep', ['hand over true', 'leave']],
    ['stop', ['stop all', 'leave']],
  ] as const)('asks, and does what is answered: %s', async (decision, expected) => {
    const { request, done } = rig({ setting: () => 'ask', ask: (running) => Promise.resolve(running === 2 ? decision : 'cancel') });
    request();
    await seen(done, 'leave');
    expect(done).toEqual(expected);
  });

  it('stays after cancel, and asks again the next time; further requests meanwhile ask no second time', async () => {
    const answers: ((decision: QuitDecision) => void)[] = [];
    const { request, done } = rig({ setting: () => 'ask', ask: () => new Promise((resolve) => answers.push(resolve)) });
    request();
    await waitFor(() => answers.length === 1);
    expect(request()).toBe(true);
    expect(answers).toHaveLength(1);
    answers[0]?.('cancel');
    await waitFor(() => (request(), answers.length === 2));
    expect(done).toEqual([]);
  });

  it('stays and says why when it cannot be done', async () => {
    const { request, done } = rig({ handOver: () => Promise.reject(new Error('no engine')) });
    request();
    await seen(done, 'Error: no engine');
    expect(request()).toBe(true);
  });

  it('goes at a signal without asking, even while the question is open, and whatever fails', async () => {
    const answer = withResolvers<QuitDecision>();
    const { quit, request, done } = rig({ setting: () => 'ask', ask: () => answer.promise });
    request();
    quit.now();
    quit.now();
    await seen(done, 'leave');
    answer.resolve('stop');
    await Promise.resolve();
    expect(done).toEqual(['hand over true', 'leave']);

    const failing = rig({ handOver: () => Promise.reject(new Error('no engine')) });
    failing.quit.now();
    await seen(failing.done, 'leave');
  });

  it('goes when the engine was ended, once, also in the middle of stopping it', async () => {
    const stopped = withResolvers<void>();
    const { quit, request, done } = rig({ setting: () => 'stop', stopAll: () => stopped.promise });
    request();
    quit.ended();
    expect(done).toEqual(['leave']);
    stopped.reject(new Error('the connection was lost'));
    await stopped.promise.catch(() => undefined);
    await Promise.resolve();
    expect(done).toEqual(['leave']);
  });
});
