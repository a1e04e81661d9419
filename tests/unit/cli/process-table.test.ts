import { describe, expect, it } from 'vitest';
import { createOutput } from '../../../electron/cli/output.ts';
import { processTable } from '../../../electron/cli/process-table.ts';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import { PassThrough } from 'node:stream';

function snapshot(over: Partial<ProcessSnapshot>): ProcessSnapshot {
  return {
    id: 0, name: 'api', instance: 0, namespace: 'default', group: null, state: 'online', desired: 'up', pid: 4711,
    restarts: 0, startedAt: null, balancerMode: null, uptimeMs: 65_000, cpuPercent: 0.3, memoryBytes: 45_000_000, port: null, reason: '', ...over,
  };
}

function table(columns: number | null, ...snapshots: readonly ProcessSnapshot[]): readonly string[] {
  const stream = Object.assign(new PassThrough(), columns === null ? {} : { isTTY: true, columns });
  const output = createOutput({ stdout: stream, stderr: stream, env: { NO_COLOR: '1' } }, false);
  return processTable(output, snapshots).split('\n');
}

const worker = snapshot({ id: 2, name: 'worker', state: 'errored', pid: null, cpuPercent: null, memoryBytes: null, restarts: 16, reason: 'exited with code 1 after 0.4 s, the 3rd time in 60 s: gave up' });

describe('processTable', () => {
  it('shows everything where there is room, in the order of ids', () => {
    expect(table(null, worker, snapshot({ port: 3000 }))).toEqual([
      'id  name    namespace  state     pid  restarts  uptime   cpu  memory  port  reason',
      ' 0  api     default    online   4711         0   1m 5s  0.3%   42.9M  3000',
      ' 2  worker  default    errored     -        16       -                      exited with code 1 after 0.4 s, the 3rd time in 60 s: gave up',
    ]);
  });

  it('names instances where there are several', () => {
    expect(table(null, snapshot({}), snapshot({ id: 1, instance: 1 }))[1]).toContain('api:0');
    expect(table(null, snapshot({}))[1]).not.toContain('api:0');
  });

  it.each([40, 60, 80, 100, 160])('fits into %d columns and keeps name and state', (columns) => {
    for (const line of table(columns, worker, snapshot({ port: 3000 }))) expect([...line].length).toBeLessThanOrEqual(columns);
    expect(table(columns, worker)[1]).toMatch(/worker.*errored/);
  });

  it('shows the reason of what is not online, made harmless', () => {
    expect(table(null, snapshot({ reason: 'old news' })).join('\n')).not.toContain('old news');
    expect(table(null, snapshot({ state: 'backoff', reason: 'a\u001B[2J\nb' })).join('\n')).toContain('a\\x1b[2J\\nb');
  });

  it('says what to do when there is nothing', () => {
    expect(table(80)).toEqual(['No processes. tspm start <config | script | command> adds some; tspm init writes a config.']);
  });
});
