// `start --foreground`: the table, then the merged logs until Ctrl+C, which stops what this command has started.
import path from 'node:path';
import { errorMessage, Failure } from '../../shared/model/failure.ts';
import { printableJson } from '../../shared/model/steering-characters.ts';
import type { LogPositions } from '../supervisor/log-reader.ts';
import { bringUp } from './bring-up.ts';
import type { Context } from './command.ts';
import { loadLogReader } from './log-reader.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { plural } from './format.ts';
import { Interrupted } from './interrupted.ts';
import { createLogPrinter } from './log-printer.ts';
import { outcomesExitCode, outcomesText } from './outcomes.ts';
import { processKey } from './process-key.ts';
import { processTable } from './process-table.ts';
import { showProgress } from './progress.ts';
import type { StartPlan } from './start-plan.ts';
import { killStarted, leaveEngine, stopStarted } from './stop-started.ts';
import { watchProcesses } from './watch-processes.ts';

interface Brought {
  readonly keys: readonly string[];
  readonly exitCode: ExitCode;
}

/** Returns when everything has ended or was stopped. Throws `engine-unreachable` when the engine stays away. */
export async function runInForeground(context: Context, plan: StartPlan, wait: boolean): Promise<ExitCode> {
  const { engine, output } = context;
  let started: readonly string[] = [];
  const interrupted = listenForInterrupts(context, () => started);
  const positions = await (await loadLogReader()).notePositions(logFolders(context, plan));
  const before = (await engine.ask('list', {})) ?? [];
  const ranBefore = new Set(before.filter(({ pid }) => pid !== null).map(processKey));

  const brought = await bring(context, plan, wait, interrupted);
  started = brought.keys.filter((key) => !ranBefore.has(key));
  const reader = new AbortController();
  const reading = showLogs(context, brought.keys, positions, reader.signal);
  const ending = await watchProcesses(engine, new Set(brought.keys), interrupted);
  if (ending === 'unreachable') {
    throw new Failure('engine-unreachable', `the engine has been away for 10 s; ${plural(started.length, 'process')} may still run. See: tspm list`);
  }
  if (ending === 'interrupted') {
    const others = brought.keys.length - started.length;
    output.note(`stopping ${plural(started.length, 'process')}${others > 0 ? `; ${others} ran before and go on` : ''} (Ctrl+C again kills them)`);
    await stopStarted(context, started);
  } else {
    output.note('all processes have ended');
  }
  await leaveEngine(context);
  reader.abort();
  await reading;
  return ending === 'errored' ? exitCodes.failed : brought.exitCode;
}

/** The first signal, or a reader of stdout that goes away, ends the session; the second one kills at once. */
function listenForInterrupts(context: Context, started: () => readonly string[]): AbortSignal {
  const stop = new AbortController();
  const leave = (): void => process.exit(exitCodes.interrupted);
  context.onSignal(() => {
    if (!stop.signal.aborted) stop.abort(new Interrupted('interrupted'));
    else killStarted(context, started()).then(leave, leave);
  });
  context.onBrokenPipe(() => stop.abort(new Interrupted('interrupted')));
  return stop.signal;
}

/** An interrupt while processes come up: whatever the engine has made of the plan by now counts as brought up. */
async function bring(context: Context, plan: StartPlan, wait: boolean, signal: AbortSignal): Promise<Brought> {
  const { engine, output } = context;
  try {
    const outcomes = await bringUp(context, plan, wait, { signal, onProgress: (progress) => showProgress(output, 'starting', progress) });
    const processes = outcomes.map(({ process }) => process);
    output.progress('');
    if (output.json) await output.write(`${printableJson({ outcomes })}\n`);
    else await output.write(`${outcomesText(outcomes, output.colours)}\n\n${processTable(output, processes)}\n\n`);
    return { keys: processes.map(processKey), exitCode: outcomesExitCode(outcomes) };
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    output.progress('');
    const names = new Set(plan.specs.map(({ name }) => name));
    const known = (await engine.callRunning('list', {})) ?? [];
    return { keys: known.filter(({ name }) => names.has(name)).map(processKey), exitCode: exitCodes.done };
  }
}

async function showLogs({ engine, output }: Context, keys: readonly string[], positions: LogPositions, signal: AbortSignal): Promise<void> {
  try {
    const sources = keys.length === 0 ? [] : ((await engine.callRunning('logSources', { selectors: [...keys] })) ?? []);
    const printer = createLogPrinter(output, { times: false, nameWidth: Math.max(0, ...keys.map((key) => key.length)) });
    const { readLogs } = await loadLogReader();
    const query = { beginning: { kind: 'positions', positions }, streams: ['out', 'err'], matches: () => true } as const;
    await readLogs(sources, query, printer.print, signal);
  } catch (error) {
    // The services matter more than their display.
    output.note(`the logs cannot be shown: ${errorMessage(error)}`);
  }
}

function logFolders({ paths }: Context, { specs }: StartPlan): readonly string[] {
  const own = specs.flatMap(({ cwd, logs }) => [logs.out, logs.err].filter((file) => file !== null).map((file) => path.dirname(path.resolve(cwd, file))));
  return [paths.logs, ...own];
}
