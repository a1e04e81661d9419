import { describe, expect, it } from 'vitest';
import { createConnectionLoop, type Link } from '../../../../renderer/host/connection-loop.ts';
import { contractVersion } from '../../../../shared/contract/version.ts';
import { Failure } from '../../../../shared/model/failure.ts';
import { manualClock } from '../../../helpers/manual-clock.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

function rig() {
  const clock = manualClock();
  const links: { readonly end: (reason: string) => void; closed: boolean }[] = [];
  const answers: (Failure | { readonly contract: number })[] = [];
  let tries = 0;

  const connect = async (): Promise<Link> => {
    tries += 1;
    const answer = answers.shift() ?? { contract: contractVersion };
    if (answer instanceof Failure) throw answer;
    let end: (reason: string) => void = () => undefined;
    const link = { end: (reason: string) => end(reason), closed: false };
    links.push(link);
    return {
      transport: { call: async (name) => `answer to ${name}`, subscribe: async () => undefined },
      capabilities: { contract: answer.contract, version: '9.9.9', commands: [], topics: [] },
      closed: new Promise((resolve) => {
        end = resolve;
      }),
      close: () => {
        link.closed = true;
      },
    };
  };

  const start = () =>
    createConnectionLoop({
      connect,
      now: clock.now,
      random: () => 0.5,
      after: (ms, callback) => {
        const timer = clock.after(ms, callback);
        return () => timer.cancel();
      },
    });
  return { clock, links, answers, start, tries: () => tries };
}

const gone = new Failure('engine-unreachable', 'nobody answers');

describe('the connection of a page', () => {
  it('is connecting, then live, and carries calls', async () => {
    const { start } = rig();
    const { client, connection } = start();
    expect(connection.getState().state).toBe('connecting');
    await expect(client.call('status', {})).rejects.toMatchObject({ code: 'engine-unreachable' });
    await waitFor(() => connection.getState().state === 'live', { what: 'the connection' });
    expect(await client.call('status', {})).toBe('answer to status');
  });

  it('says since when it is lost and when it tries again, with longer pauses, and comes back by itself', async () => {
    const { start, links, answers, clock, tries } = rig();
    const { connection } = start();
    await waitFor(() => connection.getState().state === 'live', { what: 'the connection' });
    const lostAt = clock.now();
    answers.push(gone, gone);
    links[0]?.end('the engine left');
    await waitFor(() => connection.getState().state === 'lost', { what: 'the loss' });
    expect(connection.getState()).toEqual({ state: 'lost', since: lostAt, retryAt: lostAt + 250, reason: 'the engine left' });

    clock.advance(250);
    await waitFor(() => connection.getState().state === 'lost' && clock.pending === 1, { what: 'the second pause' });
    expect(connection.getState()).toMatchObject({ since: lostAt, retryAt: lostAt + 250 + 500, reason: 'nobody answers' });
    clock.advance(500);
    await waitFor(() => clock.pending === 1, { what: 'the third pause' });
    expect(connection.getState()).toMatchObject({ since: lostAt, retryAt: lostAt + 750 + 1000 });
    clock.advance(1000);
    await waitFor(() => connection.getState().state === 'live', { what: 'the connection again' });
    expect(tries()).toBe(4);
  });

  it('tries at once when it is told to, and only once at a time', async () => {
    const { start, answers, clock, tries } = rig();
    answers.push(gone);
    const { connection, retry } = start();
    await waitFor(() => connection.getState().state === 'lost', { what: 'the loss' });
    retry();
    retry();
    await waitFor(() => connection.getState().state === 'live', { what: 'the connection' });
    expect(tries()).toBe(2);
    expect(clock.pending).toBe(0);
    retry();
    expect(tries()).toBe(2);
  });

  it('waits for a key, and says when one was refused', async () => {
    const { start, answers, clock } = rig();
    answers.push(new Failure('forbidden', 'needs a key'), new Failure('forbidden', 'wrong', 'refused'));
    const { connection, retry } = start();
    await waitFor(() => connection.getState().state === 'denied', { what: 'the locked door' });
    expect(connection.getState()).toEqual({ state: 'denied', refused: false });
    expect(clock.pending).toBe(0);
    const seen: string[] = [];
    connection.subscribe(({ state }) => seen.push(state));
    retry();
    await waitFor(() => seen.length > 0, { what: 'the refusal' });
    expect(connection.getState()).toEqual({ state: 'denied', refused: true });
    retry();
    await waitFor(() => connection.getState().state === 'live', { what: 'the open door' });
    // The page for the key does not give way to another one meanwhile.
    expect(seen).toEqual(['denied', 'live']);
  });

  it('leaves an engine of another contract alone', async () => {
    const { start, answers, links, clock } = rig();
    answers.push({ contract: contractVersion + 1 });
    const { connection } = start();
    await waitFor(() => connection.getState().state === 'mismatch', { what: 'the mismatch' });
    expect(connection.getState()).toEqual({ state: 'mismatch', version: '9.9.9', contract: expect.any(Number) as number });
    expect(links[0]?.closed).toBe(true);
    expect(clock.pending).toBe(0);
  });
});
