// Requests per second through each of TSPM's modes, and through what it is measured against. All of them put the same two
// servers forward and take turns in every round.
import type { Figure } from '../figure.ts';
import { nodeCluster, proxied, serverProgram, singleServer, type Front } from '../front.ts';
import { startHaproxy } from '../haproxy.ts';
import { startCluster } from '../managed.ts';
import type { Cluster, Manager } from '../manager.ts';
import { startNginx } from '../nginx.ts';
import { createPm2 } from '../pm2.ts';
import { contestants, createThroughput, type Contestant } from '../throughput.ts';
import { throughputRows } from '../throughput-rows.ts';
import { findTool, missing } from '../tools.ts';
import { createTspm } from '../tspm.ts';
import { runWrk } from '../wrk.ts';

const instances = 2;

const starts: Readonly<Record<Contestant, () => Promise<Front>>> = {
  direct: singleServer,
  handoff: () => managed(createTspm(), 'handoff'),
  pm2: () => managed(createPm2(), 'handoff'),
  'cluster-rr': () => nodeCluster('rr', instances),
  shared: () => managed(createTspm(), 'shared'),
  'cluster-none': () => nodeCluster('none', instances),
  tcp: () => managed(createTspm(), 'tcp'),
  haproxy: () => proxied(instances, startHaproxy),
  http: () => managed(createTspm(), 'http'),
  nginx: () => proxied(instances, startNginx),
};

export const balancerFigure: Figure = {
  name: 'balancer',
  about: 'Requests per second and latency with `wrk -t1 -c50`, two instances of a small `node:http` server, keep-alive and `Connection: close`.',
  async measure({ quick, note }) {
    const [rounds, seconds] = quick ? [2, 2] : [5, 5];
    const throughput = createThroughput();
    if (missing(['wrk']) !== null) return throughputRows(throughput);
    const fronts = new Map<Contestant, Front>();
    try {
      for (const name of contestants) {
        if (takesPart(name)) fronts.set(name, await starts[name]());
      }
      // What is compiled while it runs has been by then.
      for (const { port } of fronts.values()) runWrk(port, 'keep-alive', 2);
      for (let round = 0; round < rounds; round++) {
        for (const connections of ['keep-alive', 'close'] as const) {
          for (const [name, { port }] of fronts) throughput.add(name, connections, runWrk(port, connections, seconds));
        }
        note(`balancer ${round + 1}/${rounds}`);
      }
    } finally {
      for (const front of fronts.values()) await front.close();
    }
    return throughputRows(throughput);
  },
};

function takesPart(name: Contestant): boolean {
  return (name !== 'haproxy' && name !== 'nginx') || findTool(name) !== null;
}

async function managed(manager: Manager, mode: Cluster['mode']): Promise<Front> {
  try {
    const port = await startCluster(manager, serverProgram, { mode, instances });
    return { port, close: () => manager.close() };
  } catch (error) {
    await manager.close();
    throw error;
  }
}
