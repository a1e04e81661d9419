import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../../electron/shim/parse-message.ts';

const logs = { format: 'plain', out: '/o', err: '/e', process: 'api', instance: 0, maxSizeBytes: 1, maxFiles: 1, maxAgeMs: null, compress: true };
const spawn = { type: 'spawn', id: 'api:0', run: 1, command: 'node', args: ['a'], cwd: '/', env: { A: 'b' }, logs, pidFile: '/p', member: null, channel: false };
const plan = { name: 'api', host: '127.0.0.1', port: 3000, mode: 'http', strategy: 'ip-hash', queueTimeoutMs: 1, headTimeoutMs: 1, idleTimeoutMs: 1, responseTimeoutMs: 0, maxHeadBytes: 1 };
const member = { cluster: 'api', instance: 0, mode: 'http', port: 20_000 };

describe('parseMessage', () => {
  it.each([
    { type: 'hello', version: 1, supervisorPid: 2 },
    spawn,
    { type: 'signal', id: 'api:0', run: 1, signal: 'SIGTERM', scope: 'group' },
    { type: 'acknowledge', id: 'api:0', run: 1 },
    { type: 'flush', request: 1, ids: ['api:0'], files: [logs] },
    { type: 'cluster', request: 1, plan },
    { type: 'try-address', request: 1, host: '::', port: 0 },
    { type: 'close-cluster', name: 'api' },
    { type: 'admit', id: 'api:0', run: 1, weight: 2 },
    { type: 'withdraw', id: 'api:0', run: 1 },
    { type: 'drain', id: 'api:0', run: 1, timeoutMs: 0 },
    { type: 'usage', samples: [{ id: 'api:0', run: 1, cpuPercent: 0.5, memoryBytes: 1 }] },
    { type: 'figures', request: 1, names: ['api'] },
    { type: 'release' },
    { type: 'shutdown' },
    { ...spawn, member },
  ])('knows $type', (message) => {
    expect(parseMessage(JSON.stringify(message))).toEqual(message);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '1'],
    ['null', 'null'],
    ['no type', '{}'],
  ])('refuses %s', (_, line) => {
    expect(parseMessage(line)).toBeNull();
  });

  it.each([
    ['an unknown type', '{"type":"dance"}'],
    ['a name that every object has', '{"type":"toString"}'],
    ['a missing field', JSON.stringify({ ...spawn, command: undefined })],
    ['a wrong type', JSON.stringify({ ...spawn, run: '1' })],
    ['a negative number', JSON.stringify({ ...spawn, run: -1 })],
    ['a list of wrong things', JSON.stringify({ ...spawn, args: [1] })],
    ['a wrong environment', JSON.stringify({ ...spawn, env: { A: 1 } })],
    ['a wrong log target', JSON.stringify({ ...spawn, logs: { ...logs, format: 'xml' } })],
    ['a wrong membership', JSON.stringify({ ...spawn, member: { ...member, mode: 'udp' } })],
    ['a plan with an unknown strategy', JSON.stringify({ type: 'cluster', request: 1, plan: { ...plan, strategy: 'best' } })],
    ['a sample below 0', JSON.stringify({ type: 'usage', samples: [{ id: 'a', run: 1, cpuPercent: -1, memoryBytes: 1 }] })],
    ['a wrong scope', JSON.stringify({ type: 'signal', id: 'a', run: 1, signal: 'SIGTERM', scope: 'world' })],
  ])('answers %s', (_, line) => {
    expect(parseMessage(line)).toMatchObject({ type: 'not-understood' });
  });

  it('names what was not understood, and no more than that', () => {
    const line = JSON.stringify({ type: 'x'.repeat(1000), request: 3, id: 'y'.repeat(1000), run: -1, secret: 'z' });
    const answer = parseMessage(line);
    expect(answer).toMatchObject({ what: 'x'.repeat(100), request: 3, id: 'y'.repeat(100), run: null });
    expect(JSON.stringify(answer).length).toBeLessThan(500);
  });
});
