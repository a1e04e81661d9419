import { expect, it } from 'vitest';
import { addressWords } from '../../../../electron/supervisor/cluster/address-words.ts';
import { awaited, changesSocket, clusterPlan, hasPreload, publicPort, runsNode, weightOf } from '../../../../electron/supervisor/cluster/plan.ts';
import { unreadyReason } from '../../../../electron/supervisor/lifecycle/unready-reason.ts';
import { balancerDefaults, type BalancerSpec, type ProcessSpec } from '../../../../shared/contract/spec.ts';
import { makeSpec } from '../../../helpers/specs.ts';

const balanced = (mode: BalancerSpec['mode'], own: Partial<ProcessSpec> = {}) => makeSpec({ port: 3000, balancer: { mode, ...balancerDefaults }, ...own });

it('a cluster is what has a port and a mode', () => {
  expect(clusterPlan(balanced('http'))).toEqual({ name: 'api', host: '127.0.0.1', port: 3000, mode: 'http', ...balancerDefaults });
  expect(clusterPlan(balanced('none'))).toBeNull();
  expect(clusterPlan(balanced('http', { port: null }))).toBeNull();
});

it('clients find all instances of a cluster on one port, and others on one each', () => {
  expect([publicPort(balanced('tcp'), 2), publicPort(balanced('none'), 2), publicPort(makeSpec(), 2)]).toEqual([3000, 3002, null]);
});

it('a weight is one for all, or one each with 1 beyond the list', () => {
  expect([0, 1, 2].map((instance) => weightOf({ instanceWeight: [5, 2] }, instance))).toEqual([5, 2, 1]);
  expect(weightOf({ instanceWeight: 4 }, 7)).toBe(4);
});

it.each([
  ['/usr/bin/node', true],
  ['node', true],
  ['C:\\Program Files\\nodejs\\node.exe', true],
  ['/opt/nodejs', true],
  ['/usr/bin/env', false],
  ['nodemon', false],
  ['bun', false],
  ['sh', false],
])('%s is Node: %s', (command, expected) => {
  expect(runsNode({ command })).toBe(expected);
});

it('the preload goes into Node programs that are handed sockets, or share one', () => {
  const modes = ['handoff', 'shared', 'http', 'tcp', 'none'] as const;
  expect(modes.map((mode) => hasPreload(balanced(mode)))).toEqual([true, true, false, false, false]);
  expect(hasPreload(balanced('shared', { command: 'python3' }))).toBe(false);
});

it('only shared has another kind of socket', () => {
  expect(changesSocket(balanced('shared'), balanced('http'))).toBe(true);
  expect(changesSocket(balanced('tcp'), balanced('http'))).toBe(false);
  expect(changesSocket(balanced('none'), balanced('shared'))).toBe(false);
});

it('says what an instance is waited for, and what may be wrong when it does not come', () => {
  expect(awaited(balanced('handoff'), 0, 20_000)).toBe('the program to listen on port 3000 or on its own, PORT 20000');
  expect(awaited(balanced('http'), 0, 0)).toBe('port 3000');
  expect(awaited(balanced('none'), 1, 0)).toBe('port 3001');
  expect(awaited(makeSpec(), 0, 0)).toBe('');
  expect(unreadyReason(balanced('http'), 0, 20_000)).toBe(
    'waited in vain for its own port 20000, which it is given as PORT within 1 s; TSPM listens on port 3000 itself. A program that cannot take its port from PORT needs balancer.mode none',
  );
  expect(unreadyReason(balanced('none'), 2, 0)).toBe('port 3002 did not accept a connection within 1 s');
  expect(unreadyReason(balanced('tcp', { waitReady: true }), 0, 1)).toBe("the program did not call process.send('ready') within 1 s");
});

it.each([
  ['EACCES', '127.0.0.1', 80, 'port 80 may not be opened: ports below 1024 need root'],
  ['EACCES', '127.0.0.1', 8080, 'port 8080 may not be opened: permission denied'],
  ['EADDRNOTAVAIL', '192.0.2.1', 80, 'host 192.0.2.1 is no address of this machine'],
  ['ENOTFOUND', 'nowhere', 80, 'host nowhere cannot be resolved'],
  ['ESOMETHING', '127.0.0.1', 80, 'port 80 on 127.0.0.1 cannot be opened: words of the system'],
])('%s on %s:%d in words', async (code, host, port, words) => {
  expect(await addressWords({ code, message: 'words of the system' }, host, port)).toContain(words);
});
