// A front with a real pool behind a real port, and a clock that a test moves.
import { onTestFinished } from 'vitest';
import { createHttpFront } from '../../../../../electron/shim/balancer/http/index.ts';
import type { Front } from '../../../../../electron/shim/balancer/front.ts';
import { Pool } from '../../../../../electron/shim/balancer/pool.ts';
import { Target } from '../../../../../electron/shim/balancer/target.ts';
import { listenRaw } from '../../../../../electron/platform/raw-connection.ts';
import type { BalancerLimits } from '../../../../../shared/model/balancing.ts';
import { manualClock, type ManualClock } from '../../../../helpers/manual-clock.ts';
import { rawClient, type RawClient } from './raw-client.ts';

export interface Rig {
  readonly front: Front;
  readonly pool: Pool;
  readonly clock: ManualClock;
  readonly targets: readonly Target[];
  readonly port: number;
  readonly logged: string[];
  client(): Promise<RawClient>;
  /** One request over a connection of its own; gives all that came until the connection ended. */
  ask(request: string): Promise<string>;
  add(port: number): Target;
  close(): void;
}

const usualLimits: BalancerLimits = { queueTimeoutMs: 5000, headTimeoutMs: 10_000, idleTimeoutMs: 60_000, responseTimeoutMs: 30_000, maxHeadBytes: 4096 };

/** `ports`: one instance each, all ready. */
export async function createRig(ports: readonly number[], limits: Partial<BalancerLimits> = {}): Promise<Rig> {
  const clock = manualClock();
  const pool = new Pool('http', 'round-robin', { clock, random: () => 0 });
  const all = { ...usualLimits, ...limits };
  pool.configure('http', 'round-robin', all.queueTimeoutMs);
  const targets: Target[] = [];
  const clients: RawClient[] = [];
  const logged: string[] = [];
  const front = createHttpFront({ pool, clock, log: (text) => logged.push(text), limits: () => all });
  const listener = await listenRaw({ host: '127.0.0.1', port: 0 }, (connection) => front.accept(connection));

  function add(port: number): Target {
    const target = new Target({ id: `web-${targets.length}`, run: 1, instance: targets.length, mode: 'http', port });
    target.state = 'ready';
    targets.push(target);
    pool.targets.add(target);
    pool.changed();
    return target;
  }

  async function client(): Promise<RawClient> {
    const one = await rawClient(listener.port);
    clients.push(one);
    return one;
  }

  for (const port of ports) add(port);
  return {
    front,
    pool,
    clock,
    targets,
    port: listener.port,
    logged,
    client,
    async ask(request) {
      const one = await client();
      one.send(request);
      await one.ended;
      return one.text;
    },
    add,
    close() {
      listener.close();
      front.close();
      pool.close();
      for (const one of clients) one.destroy();
      for (const target of targets) front.release(target);
    },
  };
}

/** One over these instances; both end with the test. */
export async function rigWith(...instances: readonly { readonly port: number; kill(): void }[]): Promise<Rig> {
  const rig = await createRig(instances.map((one) => one.port));
  onTestFinished(() => {
    rig.close();
    for (const one of instances) one.kill();
  });
  return rig;
}
