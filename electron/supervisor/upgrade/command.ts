// `upgrade`: all services move from an older shim to one of this version, one process after the other.
import type { CommandContext, CommandHandlers, CommandOutput } from '../../../shared/contract/commands.ts';
import type { Outcome } from '../../../shared/contract/outcomes.ts';
import { productVersion } from '../../../shared/contract/version.ts';
import { errorMessage, Failure } from '../../../shared/model/failure.ts';
import { deed, outcomes } from '../commands/outcomes.ts';
import type { Engine } from '../engine.ts';
import type { ManagedProcess } from '../registry/process-list.ts';
import { moveProcess } from './move-process.ts';
import type { Succession } from './succession.ts';

/** Children that were told to end are gone by then, if they can be ended at all. */
const emptyTimeoutMs = 10_000;

type Report = CommandOutput<'upgrade'>;

export function upgradeCommand(engine: Engine, succession: Succession): CommandHandlers['upgrade'] {
  let running: Promise<Report> | null = null;
  // Whoever asks while it is under way waits for the same one. It goes on when the caller has gone away.
  return async ({ force = false }, { progress }) => {
    running ??= upgrade(engine, succession, force, progress).finally(() => (running = null));
    return running;
  };
}

async function upgrade(engine: Engine, succession: Succession, force: boolean, progress: CommandContext['progress']): Promise<Report> {
  if (succession.away !== null) throw new Failure('failed', `the data plane cannot be replaced now: ${succession.away}`);
  const { version: from } = succession;
  const to = productVersion;
  if (!succession.isUnderWay) {
    if (!succession.isOlder && !force) return { from, to, replaced: false, outcomes: [] };
    await succession.begin();
  }
  const context: CommandContext = { progress: () => undefined, signal: new AbortController().signal };
  const results: Outcome[] = [];
  const processes = engine.list.processes();
  for (const [index, managed] of processes.entries()) {
    progress({ done: index, total: processes.length, name: managed.spec.name, instance: 0, state: 'moving' });
    results.push(...(await engine.turns.take(managed.spec.name, () => orFailed(engine, managed, moveProcess(engine, succession, managed, context)))));
  }
  const someStay = results.some((one) => one.action === 'failed');
  const replaced = await succession.finish(someStay ? 0 : emptyTimeoutMs);
  if (replaced) engine.notice(`the data plane was replaced: ${to} instead of ${from}`);
  return { from, to, replaced, outcomes: results };
}

/** What stands in the way of one process stands not in the way of the others. */
async function orFailed(engine: Engine, { instances }: ManagedProcess, moving: Promise<readonly Outcome[]>): Promise<readonly Outcome[]> {
  return moving.catch((error: unknown) => outcomes(engine, instances.map((one) => deed(one, 'failed', `${errorMessage(error)}; it stays where it is`))));
}
