// Three people at three shells, who type commands at once while everything breaks.
import { runCli } from './cli.ts';
import type { Excuse } from './history.ts';
import type { Random } from './random.ts';
import type { Service } from './services/services.ts';
import type { World } from './world.ts';

export interface Shells {
  readonly typed: () => number;
  stop(): Promise<void>;
}

/** How often what was stopped is started again, when that fails. */
const tries = 3;

export function openShells(world: World, limitMs: number, randoms: readonly Random[]): Shells {
  let running = true;
  let typed = 0;
  const type = async (...argv: readonly string[]): Promise<number | null> => {
    typed += 1;
    return (await runCli(world, limitMs, argv)).code;
  };
  const person = async (random: Random): Promise<void> => {
    while (running) {
      await new Promise((resolve) => setTimeout(resolve, random.between(300, 1500)));
      if (running) await act(world, random, type);
    }
  };
  const people = randoms.map(person);
  return {
    typed: () => typed,
    async stop() {
      running = false;
      await Promise.all(people);
    },
  };
}

type Type = (...argv: readonly string[]) => Promise<number | null>;

async function act(world: World, random: Random, type: Type): Promise<void> {
  const service = random.pick(world.services);
  const { name } = service;
  switch (random.pick(['list', 'list', 'status', 'describe', 'logs', 'flush', 'restart', 'reload', 'reload', 'scale', 'stop', 'delete', 'start'] as const)) {
    case 'list':
      return void (await type('list', '--json'));
    case 'status':
      return void (await type('status'));
    case 'describe':
      return void (await type('describe', name));
    case 'logs':
      return void (await type('logs', name, '--lines', '5'));
    case 'flush':
      // The lines of writers are counted afterwards.
      return void (await type('flush', random.pick(world.services.filter(({ kind }) => kind !== 'writer')).name));
    case 'restart':
      return disturbing(world, service, `restart ${name}`, async () => (await type('restart', name)) === 0);
    case 'reload':
      return disturbing(world, service, `reload ${name}`, async () => (await type('reload', name)) === 0, lossless(service));
    case 'scale': {
      const cluster = random.pick(world.services.filter(({ kind }) => kind === 'cluster'));
      const count = String(random.between(1, 3));
      return disturbing(world, cluster, `scale ${cluster.name} ${count}`, async () => (await type('scale', cluster.name, count)) === 0, ['end']);
    }
    case 'stop':
      return disturbing(world, service, `stop and start ${name}`, async () => {
        await type('stop', name);
        return await again(() => type('start', name));
      });
    case 'delete':
      await type('delete', 'crasher');
      return void (await again(() => type('start', 'tspm.yaml')));
    case 'start':
      return void (await type('start', 'tspm.yaml'));
  }
}

/** A reload of a cluster loses no request; the others are restarted. */
const lossless = ({ kind }: Service): readonly Excuse[] => (kind === 'cluster' ? ['end'] : ['end', 'requests']);

/** What may happen until it is up again; when that cannot be had, until the end of the run. What is drained may end a while later. */
async function disturbing(world: World, { name }: Service, what: string, act: () => Promise<boolean>, excuses: readonly Excuse[] = ['requests', 'end']): Promise<void> {
  const over = world.history.begin(what, { excuses, service: name, tailMs: 10_000 });
  if (await act()) over();
}

async function again(act: () => Promise<number | null>): Promise<boolean> {
  for (let left = tries; left > 0; left--) if ((await act()) === 0) return true;
  return false;
}
