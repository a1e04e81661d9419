import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { clustersText } from '../../../electron/cli/cluster-report.ts';
import { createOutput } from '../../../electron/cli/output.ts';
import type { ClusterInstance, ClusterReport } from '../../../shared/contract/reports.ts';

function instance(over: Partial<ClusterInstance>): ClusterInstance {
  return {
    id: 0, instance: 0, state: 'online', traffic: 'ready', pid: 4711, ownPort: 40_001, weight: 1, open: 2, requests: 120, share: 0.5,
    p50Ms: 3.21, p99Ms: 45.4, ejections: 0, cut: 0, ...over,
  };
}

function report(over: Partial<ClusterReport>): ClusterReport {
  return {
    name: 'api', namespace: 'default', group: null, mode: 'http', strategy: 'round-robin', host: '127.0.0.1', port: 3000, listening: true, waiting: 0,
    instances: [instance({}), instance({ id: 1, instance: 1, pid: 4712 })], ...over,
  };
}

function lines(columns: number | null, ...reports: readonly ClusterReport[]): readonly string[] {
  const stream = Object.assign(new PassThrough(), columns === null ? {} : { isTTY: true, columns });
  return clustersText(createOutput({ stdout: stream, stderr: stream, env: { NO_COLOR: '1' } }, false), reports).split('\n');
}

const unseen = { open: null, requests: null, share: null, p50Ms: null, p99Ms: null } as const;

describe('clustersText', () => {
  it('shows a cluster and its instances', () => {
    expect(lines(null, report({}))).toEqual([
      'api  127.0.0.1:3000 · http · round-robin · 2 of 2 ready',
      '  instance  state    pid  weight  open  requests  share    p50   p99',
      '  api:0     online  4711       1     2       120    50%  3.2ms  45ms',
      '  api:1     online  4712       1     2       120    50%  3.2ms  45ms',
    ]);
  });

  it('names group and namespace, what waits, and what is wrong', () => {
    const [title] = lines(null, report({ host: '::1', group: 'web', namespace: 'shop', waiting: 3, listening: false, instances: [instance({ state: 'errored', traffic: 'none', pid: null })] }));
    expect(title).toBe('api  [::1]:3000 · http · round-robin · not listening · 0 of 1 ready · 3 waiting · group web · namespace shop');
  });

  it('says that no strategy applies where the kernel spreads connections', () => {
    const text = lines(null, report({ mode: 'shared', instances: [instance(unseen)] }));
    expect(text).toEqual([
      'api  127.0.0.1:3000 · shared · kernel · 1 of 1 ready',
      '  no strategy applies in shared mode: the kernel spreads the connections',
      '  instance  state    pid  weight',
      '  api:0     online  4711       1',
    ]);
  });

  it.each([
    ['http', 'requests'],
    ['tcp', 'connections'],
    ['handoff', 'connections'],
  ] as const)('in %s mode it counts %s', (mode, word) => expect(lines(null, report({ mode }))[1]).toContain(`  ${word}  `));

  it.each<[Partial<ClusterInstance>, string]>([
    [{}, 'online  '],
    [{ traffic: 'draining' }, 'online, draining  '],
    [{ traffic: 'ejected' }, 'online, ejected  '],
    [{ state: 'starting', traffic: 'starting' }, 'starting  '],
    [{ state: 'stopping', traffic: 'draining' }, 'stopping, draining  '],
    [{ state: 'stopped', traffic: 'none' }, 'stopped  '],
    [{ traffic: 'none' }, 'online, no traffic  '],
  ])('%j', (over, text) => expect(lines(null, report({ instances: [instance(over)] }))[2]).toContain(`api:0     ${text}`));

  it('counts an instance once while its successor is beside it, and not at all when it only drains', () => {
    const reload = [instance({}), instance({ state: 'starting', traffic: 'starting' }), instance({ instance: 1, traffic: 'draining' }), instance({ instance: 1 })];
    expect(lines(null, report({ instances: reload }))[0]).toContain('2 of 2 ready');
    expect(lines(null, report({ instances: [instance({}), instance({ instance: 1, traffic: 'draining' })] }))[0]).toContain('1 of 1 ready');
    expect(lines(null, report({ instances: [instance({}), instance({ instance: 1, traffic: 'ejected' })] }))[0]).toContain('1 of 2 ready');
  });

  it('shows ejections and cut connections once there were any', () => {
    const [, title, first, second] = lines(null, report({ instances: [instance({ ejections: 2, cut: 1 }), instance({ instance: 1 })] }));
    expect(title).toMatch(/ejections {2}cut$/);
    expect([first, second].map((line) => line?.slice(-14))).toEqual(['         2    1', '         0    0'].map((line) => line.slice(-14)));
  });

  it.each([40, 60, 80])('fits into %d columns and keeps instance and state', (columns) => {
    const [, ...table] = lines(columns, report({ instances: [instance({ traffic: 'draining', ejections: 1, cut: 1 })] }));
    for (const line of table) expect([...line].length).toBeLessThanOrEqual(columns);
    expect(table[1]).toMatch(/api:0 +online, draining/);
  });

  it('separates clusters, and says what makes one where there is none', () => {
    expect(lines(null, report({}), report({ name: 'web', instances: [] }))).toEqual(expect.arrayContaining(['', 'web  127.0.0.1:3000 · http · round-robin · 0 of 0 ready']));
    expect(lines(null)).toEqual([expect.stringMatching(/^No clusters\. .*port/)]);
  });
});
