// Runs commands for the page and remembers which are under way, so that a button can say so until the engine has answered.
import type { CallOptions, Client } from '../../shared/client/client.ts';
import type { Outcome } from '../../shared/contract/outcomes.ts';
import { assertNever } from '../../shared/model/assert-never.ts';
import { toFailureValue } from '../../shared/model/failure.ts';
import { createValue, type Readable } from '../host/readable.ts';
import { actionWords, type Action, type ProcessAction } from './actions.ts';

export interface PendingCommand {
  readonly action: Action;
  /** Instances that arrived, of those it waits for; null until the engine says. */
  readonly progress: { readonly done: number; readonly total: number } | null;
}

export interface CommandProblem {
  readonly title: string;
  readonly message: string;
  /** The last output of the instance that failed. */
  readonly lastLines: readonly string[];
  /** Somebody wished otherwise meanwhile: nothing is wrong. */
  readonly overtaken: boolean;
}

/** By target: a process's name, or `name:instance`. The newest command of each. */
export type PendingCommands = ReadonlyMap<string, PendingCommand>;

export interface CommandRunner {
  readonly pending: Readable<PendingCommands>;
  /** Resolves when the engine has answered, whatever the answer: problems are told where the runner was made. */
  readonly run: (action: ProcessAction, targets: readonly string[]) => Promise<void>;
  readonly scale: (name: string, instances: number) => Promise<void>;
}

export function createCommandRunner(client: Client, tell: (problem: CommandProblem) => void): CommandRunner {
  const pending = createValue<PendingCommands>(new Map());

  /** The newest wish wins: what an older command still says of a target is not shown any more. */
  const during = async (action: Action, targets: readonly string[], work: (options: CallOptions) => Promise<readonly Outcome[]>): Promise<void> => {
    let mine: PendingCommand = { action, progress: null };
    const place = (next: PendingCommand, onto: (current: PendingCommand | undefined) => boolean): void => {
      const map = new Map(pending.getState());
      for (const target of targets) if (onto(map.get(target))) map.set(target, next);
      mine = next;
      pending.set(map);
    };
    place(mine, () => true);
    try {
      const onProgress: CallOptions['onProgress'] = ({ done, total }) => place({ action, progress: { done, total } }, (current) => current === mine);
      for (const problem of problemsOf(action, await work({ onProgress }))) tell(problem);
    } catch (error) {
      tell({ title: `${actionWords[action].failed} ${listed(targets)}`, message: toFailureValue(error).message, lastLines: [], overtaken: false });
    } finally {
      pending.set(new Map([...pending.getState()].filter(([, command]) => command !== mine)));
    }
  };

  return {
    pending,
    run: (action, targets) => during(action, targets, (options) => call(client, action, targets, options)),
    scale: (name, instances) => during('scale', [name], (options) => client.call('scale', { name, instances: { to: instances }, wait: true }, options)),
  };
}

function call(client: Client, action: ProcessAction, targets: readonly string[], options: CallOptions): Promise<readonly Outcome[]> {
  const selectors = [...targets];
  switch (action) {
    case 'start':
      return client.call('resume', { selectors, wait: true }, options);
    case 'restart':
    case 'reload':
      return client.call(action, { selectors, wait: true }, options);
    case 'stop':
    case 'delete':
      return client.call(action, { selectors }, options);
    default:
      return assertNever(action);
  }
}

/** One problem per cause: forty instances that fail alike are told of once. */
function problemsOf(action: Action, outcomes: readonly Outcome[]): readonly CommandProblem[] {
  const byCause = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    if (outcome.action !== 'failed') continue;
    const cause = `${outcome.name}\n${outcome.message}`;
    byCause.set(cause, [...(byCause.get(cause) ?? []), outcome]);
  }
  return [...byCause.values()].map((alike) => {
    const [first] = alike;
    const who = alike.length === 1 && first !== undefined ? first.name : `${alike.length} instances of ${first?.name ?? ''}`;
    return { title: `${actionWords[action].failed} ${who}`, message: first?.message ?? '', lastLines: first?.lastLines ?? [], overtaken: isOvertaken(action, first) };
  });
}

/** A stop that a start has overtaken. */
function isOvertaken(action: Action, outcome: Outcome | undefined): boolean {
  return (action === 'stop' || action === 'delete') && outcome?.process.desired === 'up';
}

function listed(targets: readonly string[]): string {
  const [only] = targets;
  return targets.length === 1 && only !== undefined ? only : `${targets.length} processes`;
}
