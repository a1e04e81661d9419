// The contract is the same over every transport: calls, errors, progress, subscriptions.
import { describe, expect, it } from 'vitest';
import { createClient, type Client } from '../../shared/client/client.ts';
import { topicInputs } from '../../shared/contract/topic-inputs.ts';
import type { TopicInput, TopicMessage, TopicName } from '../../shared/contract/topics.ts';
import { Failure, toFailureValue } from '../../shared/model/failure.ts';
import { hostedHome, type TestHost } from '../helpers/hosted-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { transports, type TransportUnderTest } from './transports.ts';

const sleeper = makeSpec({ name: 'api', args: ['-e', 'setInterval(() => {}, 1000)'] });

async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  return toFailureValue(error);
}

interface Listening<Name extends TopicName> {
  readonly messages: TopicMessage<Name>[];
  readonly stop: () => Promise<void>;
}

/** Collects what a subscription says until it is stopped. */
function listen<Name extends TopicName>(client: Client, topic: Name, input: TopicInput<Name>, after: string | null = null): Listening<Name> {
  const messages: TopicMessage<Name>[] = [];
  const abort = new AbortController();
  const ended = client.subscribe(topic, input, { after, signal: abort.signal, next: (message) => void messages.push(message) });
  ended.catch(() => undefined);
  return {
    messages,
    stop: () => {
      abort.abort();
      return ended;
    },
  };
}

function changes(messages: readonly TopicMessage<'events'>[]) {
  return messages.flatMap((message) => ('change' in message ? [message.change] : []));
}

function isChain(messages: readonly { readonly position: string; readonly previous?: string }[]): boolean {
  return messages.every((message, index) => index === 0 || message.previous === messages[index - 1]?.position);
}

async function connected(transport: TransportUnderTest): Promise<{ readonly host: TestHost; readonly client: Client }> {
  const host = await hostedHome();
  return { host, client: createClient(await transport.connect(host)) };
}

describe.each(transports)('over $name', (transport) => {
  it('calls and answers as the engine does', async () => {
    const { host, client } = await connected(transport);
    await host.start(sleeper);
    expect(await client.call('describe', { selectors: ['api'] })).toMatchObject([{ name: 'api', state: 'online', desired: 'up', args: sleeper.args }]);
    const [outcome] = await client.call('restart', { selectors: ['api'], wait: true });
    expect(outcome).toMatchObject({ action: 'restarted', process: { name: 'api', state: 'online' } });
    expect(await client.call('metricsHistory', {})).toMatchObject([{ name: 'api' }]);
  });

  it('keeps the shape of errors', async () => {
    const { client } = await connected(transport);
    expect(await failureOf(client.call('stop', { selectors: ['no-such'] }))).toMatchObject({ code: 'nothing-matched', data: { selectors: ['no-such'] } });
    // @ts-expect-error: what a caller without types may send
    expect(await failureOf(client.call('stop', { selectors: 7 }))).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('selectors') });
    // @ts-expect-error: no such command
    expect(await failureOf(client.call('__proto__', {}))).toMatchObject({ code: 'unknown-command' });
    // @ts-expect-error: no such topic
    expect(await failureOf(listen(client, 'constructor', {}).stop().then(() => client.subscribe('constructor', {}, { after: null, signal: new AbortController().signal, next: () => undefined })))).toMatchObject({ code: 'unknown-command' });
  });

  it('gives secrets to the owner of the home only', async () => {
    const { host, client } = await connected(transport);
    await host.start({ ...sleeper, env: { API_KEY: 'a-secret' } });
    if (transport.trusted) expect(await client.call('env', { selectors: ['api'] })).toMatchObject([{ env: { API_KEY: 'a-secret' } }]);
    else {
      for (const name of ['env', 'dashboard', 'handOver'] as const) {
        const input = name === 'env' ? { selectors: ['api'] } : name === 'dashboard' ? { action: 'look' } : {};
        expect(await failureOf(client.call(name, input as never)), name).toMatchObject({ code: 'forbidden' });
      }
    }
    expect(JSON.stringify(await client.call('describe', { selectors: ['api'] }))).not.toContain('a-secret');
  });

  it('tells how far a command has come', async () => {
    const { client } = await connected(transport);
    const seen: unknown[] = [];
    const specs = [makeSpec({ ...sleeper, name: 'quick' }), makeSpec({ ...sleeper, name: 'slow', minUptimeMs: 600 })];
    await client.call('start', { specs, environment: {}, wait: true }, { onProgress: (progress) => void seen.push(progress) });
    expect(seen).toContainEqual({ done: 1, total: 2, name: 'quick', instance: 0, state: 'online' });
  });

  it('stops waiting when the caller does', async () => {
    const { host, client } = await connected(transport);
    const abort = new AbortController();
    const specs = [makeSpec({ ...sleeper, name: 'slow', minUptimeMs: 5000, readyTimeoutMs: 20_000 })];
    const call = client.call('start', { specs, environment: {}, wait: true }, { signal: abort.signal });
    await waitFor(async () => (await host.client.call('list', {})).length === 1, { what: 'the process to be known' });
    abort.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    // What was begun goes on.
    expect(await host.client.call('list', {})).toMatchObject([{ name: 'slow', desired: 'up' }]);
  });

  it('begins a subscription with a snapshot and goes on with every change in order', async () => {
    const { host, client } = await connected(transport);
    await host.start(sleeper);
    const events = listen(client, 'events', {});
    await waitFor(() => events.messages.length > 0, { what: 'the snapshot' });
    expect(events.messages[0]).toMatchObject({ snapshot: { status: { counts: { online: 1 } }, processes: [{ name: 'api', state: 'online' }] } });
    await client.call('stop', { selectors: ['api'] });
    await client.call('delete', { selectors: ['api'] });
    await waitFor(() => changes(events.messages).some((event) => event.type === 'process.removed'), { what: 'the news of its removal' });
    const told = changes(events.messages).map((event) => (event.type === 'process.changed' ? event.process.state : event.type));
    expect([...new Set(told.filter((word) => word !== 'usage'))]).toEqual(['stopping', 'process.exited', 'stopped', 'process.removed']);
    expect(isChain(events.messages)).toBe(true);
    await events.stop();
  });

  it('goes on behind a position, without a snapshot, and starts anew behind a foreign one', async () => {
    const { host, client } = await connected(transport);
    await host.start(sleeper);
    const first = listen(client, 'events', {});
    await waitFor(() => first.messages.length > 0, { what: 'the snapshot' });
    const { position } = first.messages[0] ?? { position: '' };
    await first.stop();
    await client.call('stop', { selectors: ['api'] });
    const second = listen(client, 'events', {}, position);
    await waitFor(() => changes(second.messages).some((event) => event.type === 'process.changed' && event.process.state === 'stopped'), { what: 'what happened meanwhile' });
    expect(second.messages[0]).toMatchObject({ previous: position });
    expect(isChain(second.messages)).toBe(true);
    await second.stop();
    const foreign = listen(client, 'events', {}, 'another-1');
    await waitFor(() => foreign.messages.length > 0, { what: 'the snapshot' });
    expect(foreign.messages[0]).toHaveProperty('snapshot');
    await foreign.stop();
  });

  it('tells crashes with their cause', async () => {
    const { host, client } = await connected(transport);
    const events = listen(client, 'events', {});
    await waitFor(() => events.messages.length > 0, { what: 'the snapshot' });
    await host.start(makeSpec({ name: 'bad', args: ['-e', 'process.exit(3)'], maxRestarts: 1, restartDelayMs: 10 })).catch(() => undefined);
    await waitFor(() => changes(events.messages).some((event) => event.type === 'process.exited' && event.outlook === 'errored'), { what: 'the end of it' });
    const exits = changes(events.messages).filter((event) => event.type === 'process.exited');
    expect(exits).toMatchObject([
      { name: 'bad', run: 1, exit: { code: 3 }, expected: false, cause: 'exited with code 3', outlook: 'restart' },
      { name: 'bad', run: 2, exit: { code: 3 }, expected: false, cause: 'exited with code 3', outlook: 'errored' },
    ]);
    await events.stop();
  });

  it('ends a reader that does not take its messages, and nobody else', async () => {
    const { host, client } = await connected(transport);
    await host.start(makeSpec({ ...sleeper, instances: 8 }));
    const other = createClient(await transport.connect(host));
    const quick = listen(other, 'events', {});
    const abort = new AbortController();
    let release = (): void => undefined;
    const blocked = new Promise<void>((resolve) => (release = resolve));
    let ended = false;
    const slow = failureOf(client.subscribe('events', {}, { after: null, signal: abort.signal, next: () => blocked })).finally(() => (ended = true));
    await waitFor(() => quick.messages.length > 0, { what: 'the snapshot' });
    // 8 events each; what fits into the buffers of a connection does not count.
    for (let round = 0; round < 2000 && !ended; round++) {
      await host.client.call('reset', { selectors: ['api'] });
      if (round === 1000) release();
    }
    release();
    expect(await slow).toMatchObject({ code: 'too-slow' });
    const before = quick.messages.length;
    await host.client.call('reset', { selectors: ['api:0'] });
    await waitFor(() => quick.messages.length > before, { what: 'the quick reader to hear more' });
    expect(isChain(quick.messages)).toBe(true);
    await quick.stop();
  });

  it('streams logs and goes on behind the last line that was read', async () => {
    const { host, client } = await connected(transport);
    await host.start(makeSpec({ name: 'count', args: ['-e', 'let n = 0; setInterval(() => console.log(`line ${n++}`), 5)'], minUptimeMs: 20 }));
    const lines = (messages: readonly TopicMessage<'logs'>[]): readonly string[] => messages.flatMap((message) => ('change' in message ? message.change.entries.map((entry) => entry.message) : []));
    const first = listen(client, 'logs', { selectors: ['count'], lines: 1000 });
    await waitFor(() => lines(first.messages).length > 20, { what: 'lines' });
    await first.stop();
    const read = lines(first.messages);
    const second = listen(client, 'logs', { selectors: ['count'], lines: 1000 }, first.messages.at(-1)?.position ?? null);
    await waitFor(() => lines(second.messages).length > 20, { what: 'more lines' });
    await second.stop();
    const all = [...read, ...lines(second.messages)];
    expect(all).toEqual(all.map((_line, index) => `line ${index}`));
    expect(second.messages[0]).toHaveProperty('previous');
  });

  it('knows every topic', async () => {
    const { host, client } = await connected(transport);
    await host.start(sleeper);
    const inputs: { readonly [Name in TopicName]: TopicInput<Name> } = { events: {}, logs: { selectors: ['api'], lines: 0 }, clusters: {} };
    for (const topic of Object.keys(topicInputs) as TopicName[]) {
      const heard = listen(client, topic, inputs[topic]);
      await waitFor(() => heard.messages.length > 0, { what: `the snapshot of ${topic}` });
      expect(heard.messages[0], topic).toHaveProperty('snapshot');
      await heard.stop();
    }
  });
});
