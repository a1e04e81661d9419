// Events and logs over plain HTTP: server-sent events and lines of JSON, and how a reader goes on after a break.
import { expect, it } from 'vitest';
import { ask } from '../helpers/ask.ts';
import { hostedHome } from '../helpers/hosted-home.ts';
import { openStream, parseEvents, parseLines } from '../helpers/open-stream.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

const sleeper = makeSpec({ name: 'api', args: ['-e', 'setInterval(() => {}, 1000)'] });
const counter = makeSpec({ name: 'count', args: ['-e', 'let n = 0; setInterval(() => console.log(`line ${n++}`), 5); process.on("SIGUSR2", () => console.error("an error"))'], minUptimeMs: 20 });

async function served() {
  const host = await hostedHome();
  return { host, place: { socketPath: host.paths.controlSocket } };
}

const stopped = (events: readonly { readonly event: string; readonly data?: unknown }[]): boolean => JSON.stringify(events.filter(({ event }) => event === 'process.changed')).includes('"state":"stopped"');
const messages = (events: readonly { readonly event: string; readonly data?: unknown }[]): readonly string[] =>
  events.flatMap(({ event, data }) => (event === 'entries' ? (data as { entries: { message: string }[] }).entries.map(({ message }) => message) : []));

it('sends events to browsers, with ids to go on from', async () => {
  const { host, place } = await served();
  await host.start(sleeper);
  const first = await openStream(place, '/v1/events', { accept: 'text/event-stream' });
  expect(first.response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  await waitFor(() => parseEvents(first.text()).length > 0, { what: 'the snapshot' });
  expect(first.text()).toMatch(/^retry: \d+\n\n/);
  const [snapshot] = parseEvents(first.text());
  expect(snapshot).toMatchObject({ event: 'snapshot', data: { processes: [{ name: 'api', state: 'online' }] } });
  await host.client.call('stop', { selectors: ['api'] });
  await waitFor(() => stopped(parseEvents(first.text())), { what: 'the stop to be told' });
  first.close();

  const resumed = await openStream(place, '/v1/events?after=never-1', { 'last-event-id': snapshot?.id ?? '' });
  await waitFor(() => stopped(parseEvents(resumed.text())), { what: 'the stop to be told again' });
  expect(parseEvents(resumed.text()).map(({ event }) => event)).not.toContain('snapshot');
  const byQuery = await openStream(place, `/v1/events?after=${snapshot?.id ?? ''}`);
  await waitFor(() => stopped(parseEvents(byQuery.text())), { what: 'the stop to be told again' });
  const foreign = await openStream(place, '/v1/events?after=never-1');
  await waitFor(() => parseEvents(foreign.text()).length > 0, { what: 'a new snapshot' });
  expect(parseEvents(foreign.text())[0]).toMatchObject({ event: 'snapshot', data: { processes: [{ state: 'stopped' }] } });
});

it('opens a stream that has nothing to say yet', async () => {
  const { host, place } = await served();
  await host.start(sleeper);
  await host.client.call('stop', { selectors: ['api'] });
  const first = await openStream(place, '/v1/events');
  await waitFor(() => parseEvents(first.text()).length > 0, { what: 'the snapshot' });
  const last = parseEvents(first.text()).at(-1)?.id ?? '';
  expect((await openStream(place, '/v1/events', { 'last-event-id': last })).response.statusCode).toBe(200);
});

it('sends the same events as lines of JSON', async () => {
  const { host, place } = await served();
  await host.start(sleeper);
  const lines = await openStream(place, '/v1/events', { accept: 'application/x-ndjson' });
  await waitFor(() => parseLines(lines.text()).length > 0, { what: 'the snapshot' });
  expect(lines.response.headers['content-type']).toBe('application/x-ndjson');
  await host.client.call('stop', { selectors: ['api'] });
  await waitFor(() => stopped(parseLines(lines.text())), { what: 'the stop to be told' });
  expect(parseLines(lines.text()).every(({ event, id }) => event === 'alive' || typeof id === 'string')).toBe(true);
  expect((await ask(place, { path: '/v1/events', headers: { accept: 'text/html' } })).status).toBe(406);
});

it('gives the last lines of logs and ends', async () => {
  const { host, place } = await served();
  await host.start(counter);
  await waitFor(async () => (await ask(place, { path: '/v1/processes/count/logs' })).text.includes('line 20'), { what: 'lines' });
  process.kill((await host.client.call('list', {}))[0]?.pid ?? 0, 'SIGUSR2');
  await waitFor(async () => (await ask(place, { path: '/v1/processes/count/logs?stream=err' })).text.includes('an error'), { what: 'the error' });
  const heard = await ask(place, { path: '/v1/processes/count/logs?lines=5&stream=out' });
  const events = parseLines(heard.text);
  expect(heard.headers['content-type']).toBe('application/x-ndjson');
  expect(events.at(0)).toMatchObject({ event: 'snapshot', data: { instances: [{ name: 'count', instance: 0 }] } });
  expect(events.at(-1)).toEqual({ event: 'end' });
  // The last five, and what is written while they are read.
  const numbers = messages(events).map((text) => Number(text.replace('line ', '')));
  expect(numbers.length).toBeGreaterThanOrEqual(5);
  expect(numbers.length).toBeLessThan(20);
  expect(numbers).toEqual(numbers.map((_number, index) => (numbers[0] ?? 0) + index));
  expect(messages(parseLines((await ask(place, { path: '/v1/processes/count/logs?stream=err' })).text))).toEqual(['an error']);
  expect((await ask(place, { path: '/v1/processes/none/logs' })).json()).toMatchObject({ status: 404, code: 'nothing-matched' });
});

it('follows logs, and goes on behind the last line that was read', async () => {
  const { host, place } = await served();
  await host.start(counter);
  const first = await openStream(place, '/v1/processes/count/logs?follow&lines=1000&stream=out', { accept: 'text/event-stream' });
  await waitFor(() => messages(parseEvents(first.text())).length > 20, { what: 'lines' });
  first.close();
  const read = parseEvents(first.text());
  const second = await openStream(place, '/v1/processes/count/logs?follow&lines=1000&stream=out', { accept: 'text/event-stream', 'last-event-id': read.at(-1)?.id ?? '' });
  await waitFor(() => messages(parseEvents(second.text())).length > 20, { what: 'more lines' });
  const all = [...messages(read), ...messages(parseEvents(second.text()))];
  expect(all).toEqual(all.map((_line, index) => `line ${index}`));
});

it('waits for a slow reader, then ends it with a reason, and nobody else notices', async () => {
  const { host, place } = await served();
  await host.start(makeSpec({ ...sleeper, instances: 8 }));
  const quick = await openStream(place, '/v1/events', { accept: 'application/x-ndjson' });
  const slow = await openStream(place, '/v1/events', { accept: 'application/x-ndjson' });
  await waitFor(() => parseLines(slow.text()).length > 0, { what: 'the snapshot' });
  slow.response.pause();
  // Eight events each, until far more is told than the buffers of a connection and the engine keep.
  for (let round = 0; round < 1500; round++) await host.client.call('reset', { selectors: ['api'] });
  slow.response.resume();
  await waitFor(() => slow.ended(), { what: 'the slow stream to end' });
  expect(parseLines(slow.text()).at(-1)).toMatchObject({ event: 'failure', data: { code: 'too-slow' } });
  const before = parseLines(quick.text()).length;
  await host.client.call('reset', { selectors: ['api'] });
  await waitFor(() => parseLines(quick.text()).length > before, { what: 'the quick reader to hear more' });
});

it('lets go of a stream whose reader has gone', async () => {
  const { host, place } = await served();
  await host.start(sleeper);
  const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(place, '/v1/events')));
  const connections = (): number => process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length;
  const open = connections();
  for (const stream of streams) stream.close();
  // Both ends are in this process.
  await waitFor(() => connections() <= open - 2 * streams.length, { what: 'the connections to be gone' });
});
