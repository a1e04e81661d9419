// `tspm kill`: the end of the engine and of everything it runs.
import { findMarkedProcesses, isSameProcess } from '../../platform/process-identity.ts';
import { homeId } from '../../platform/home.ts';
import { accepts } from '../../transport/launch.ts';
import type { CallOptions } from '../../../shared/client/client.ts';
import { Failure } from '../../../shared/model/failure.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import { defineCommand, type Context } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { plural } from '../format.ts';
import type { Output } from '../output.ts';
import { pause } from '../pause.ts';
import { interruptible } from '../selection.ts';
import { socketGone } from '../socket-gone.ts';

export const kill = defineCommand({
  name: 'kill',
  usage: '',
  about: 'Stops all services, then TSPM itself. The list of processes stays; tspm start brings them back.',
  options: {},
  examples: [['kill', 'end everything of this TSPM_HOME']],
  json: '{ running, stopped }\nrunning: whether there was anything to end; stopped: how many services were ended',
  positionals: { min: 0, max: 0 },
  async run(context) {
    const { output } = context;
    const answer = await interruptible(context, 'ending everything', (signal, onProgress) => endEngine(context, { signal, onProgress }));
    if (answer === null) {
      output.result({ running: false, stopped: 0 }, () => 'Nothing runs.');
      return exitCodes.done;
    }
    // The answer comes just before the engine leaves: whoever starts one next must not meet the old one.
    await Promise.all([socketGone(context.paths.controlSocket, goneTimeoutMs), socketGone(context.paths.shimSocket, goneTimeoutMs)]);
    if (answer.unsaved !== undefined) output.note(`note: ${answer.unsaved}: what was running comes back with the next engine`);
    output.result({ running: true, stopped: answer.stopped }, () => `${output.colours.green('✓')} TSPM has ended; ${plural(answer.stopped, 'service')} stopped`);
    return exitCodes.done;
  },
});

const goneTimeoutMs = 5000;
/** What a start of an engine may end in. */
const withoutEngine: ReadonlySet<string> = new Set(['engine-unreachable', 'protocol-mismatch', 'unknown-command', 'internal']);

/** null when nothing runs. Services whose engine and shim have died are given an engine once more, which ends them. */
async function endEngine({ engine, paths, output }: Context, options: CallOptions): Promise<CommandOutput<'kill'> | null> {
  const answer = await engine.callRunning('kill', {}, options).catch((error: unknown) => endSilent(error, output));
  if (answer !== null) return answer;
  const leftovers = await findMarkedProcesses(homeId(paths.home));
  if (leftovers.length === 0 && !(await accepts(paths.shimSocket))) return null;
  return await engine.call('kill', {}, options).catch((error: unknown) => endWithoutEngine(error, paths, output));
}

/** No engine can be started: what it would have ended is ended here. */
async function endWithoutEngine(error: unknown, paths: HomePaths, output: Output): Promise<CommandOutput<'kill'>> {
  if (!(error instanceof Failure) || !withoutEngine.has(error.code)) throw error;
  output.note(`note: ${error.message.split('\n')[0] ?? ''}; everything is ended without an engine`);
  const { endHome } = await import('../../supervisor/offline.ts');
  return { stopped: await endHome(paths) };
}

/** One that does not answer is ended by its pid, and so becomes an engine that has died. Throws what it was given when that is not possible. */
async function endSilent(error: unknown, output: Output): Promise<null> {
  const { silentData } = await import('../../transport/silent-engine.ts');
  const owner = silentData(error)?.owner ?? null;
  if (owner === null || !(await isSameProcess(owner.pid, owner.startTime))) throw error;
  output.note(`the engine (pid ${owner.pid}) does not answer: it is ended first`);
  process.kill(owner.pid, 'SIGKILL');
  const deadline = performance.now() + goneTimeoutMs;
  while ((await isSameProcess(owner.pid, owner.startTime)) && performance.now() < deadline) await pause(20, new AbortController().signal);
  return null;
}
