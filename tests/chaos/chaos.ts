// One run: ten services come up, everything is broken for a while, everything comes to rest, and what has to hold is judged.
import { runCli } from './cli.ts';
import { availableFaults, chooseFault } from './faults/index.ts';
import { pause } from './faults/fault.ts';
import { createHistory, type History, type Violation } from './history.ts';
import { countAll } from './invariants/descriptors.ts';
import { createInvariants } from './invariants/index.ts';
import { countLines } from './invariants/lines.ts';
import { startLoad } from './load.ts';
import { startObserver } from './observer.ts';
import { findMarked } from './procfs.ts';
import { createRandom } from './random.ts';
import { comeToRest } from './rest.ts';
import { openShells } from './shells.ts';
import { createWorld, type World } from './world.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly minutes: number;
  /** After the last fault, until everything is as it should be. */
  readonly restMs: number;
  /** For one command while faults are on. */
  readonly commandMs: number;
  /** Faults that are left out, by name. */
  readonly without: readonly string[];
  /** Folder of the programs that are tested. */
  readonly build: string;
  readonly say: (line: string) => void;
}

export interface ChaosReport {
  readonly seed: number;
  readonly minutes: number;
  readonly faults: number;
  readonly commands: number;
  readonly requests: number;
  readonly failedRequests: number;
  /** That were found in the logs and are in order. */
  readonly lines: number;
  readonly violations: readonly (Violation & { readonly before: readonly string[] })[];
}

const shells = 3;
/** What led to a violation is told this far back. */
const tellMs = 20_000;
/** The share of faults that the next one does not wait for. */
const overlapping = 0.25;
const endMs = 10_000;

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const history = createHistory(options.say);
  const world = await createWorld(history, options.build);
  try {
    const counts = await breakEverything(world, options);
    await end(world, options);
    return { seed: options.seed, minutes: options.minutes, ...counts, violations: told(history) };
  } finally {
    world.remove();
  }
}

async function breakEverything(world: World, { seed, minutes, restMs, commandMs, without }: ChaosOptions): Promise<Pick<ChaosReport, 'faults' | 'commands' | 'requests' | 'failedRequests' | 'lines'>> {
  const { history, services } = world;
  await runCli(world, commandMs, ['start', 'tspm.yaml']);
  await comeToRest(world, restMs, 'the first start');
  const before = countAll(world);
  const invariants = createInvariants();
  const load = startLoad(services);
  const observer = startObserver(world, async (observation) => {
    for (const { during } of invariants) await during?.(world, observation);
  });
  const people = openShells(world, commandMs, Array.from({ length: shells }, (_, index) => createRandom(seed, 1 + index)));
  const faults = await injectFaults(world, seed, without, performance.now() + minutes * 60_000);
  history.note('the last fault is over');
  await people.stop();
  await comeToRest(world, restMs, 'the last fault');
  // Whatever was stopped, deleted or scaled: all ten are wanted again.
  const started = await runCli(world, commandMs, ['start', 'tspm.yaml']);
  if (started.code !== 0) history.violated('desired state', `nothing is broken any more, and tspm start fails: ${started.stderr.trim() || started.stdout.trim()}`);
  // As many as before the first fault: descriptors are compared with those of then.
  const scaled = history.begin('all clusters are scaled to 2', { excuses: ['end'], tailMs: 10_000 });
  for (const { name } of services.filter(({ kind }) => kind === 'cluster')) await runCli(world, commandMs, ['scale', name, '2']);
  scaled();
  const rest = await comeToRest(world, restMs, 'the last start');
  await observer.stop();
  await load.stop();
  for (const { after } of invariants) await after?.(world, { rest, load, descriptors: before });
  return { faults, commands: people.typed(), requests: load.sent(), failedRequests: load.failed.length, lines: countLines(world) };
}

/** Gives their number. */
async function injectFaults(world: World, seed: number, without: readonly string[], until: number): Promise<number> {
  const available = availableFaults(world, without);
  const random = createRandom(seed);
  const underWay = new Set<Promise<void>>();
  let count = 0;
  while (performance.now() < until) {
    const fault = chooseFault(available, random);
    const [delayMs, overlaps] = [random.between(200, 2500), random.chance(overlapping)];
    await pause(delayMs);
    count += 1;
    const run: Promise<void> = fault
      .run(world, createRandom(seed, 1000 + count))
      .catch((error: unknown) => world.history.violated('the harness itself', `${fault.name}: ${String(error)}`))
      .finally(() => underWay.delete(run));
    underWay.add(run);
    if (!overlaps) await run;
  }
  await Promise.all(underWay);
  return count;
}

/** `kill` ends everything, and leaves nobody. */
async function end(world: World, { commandMs }: ChaosOptions): Promise<void> {
  const { history, homeId } = world;
  const killed = await runCli(world, commandMs, ['kill']);
  if (killed.code !== 0) history.violated('kill', `tspm kill fails: ${killed.stderr.trim()}`);
  const left = (): readonly string[] => [
    ...world.supervisors().map((pid) => `supervisor ${pid}`),
    ...world.shims().map((pid) => `shim ${pid}`),
    ...findMarked(homeId).map((pid) => `service ${pid}`),
  ];
  for (const until = performance.now() + endMs; left().length > 0 && performance.now() < until; ) await pause(100);
  const found = left();
  if (found.length > 0) history.violated('kill', `tspm kill leaves ${found.join(', ')}`);
}

function told(history: History): ChaosReport['violations'] {
  return history.violations.map((one) => ({ ...one, before: history.around(one.at, tellMs, 0) }));
}
