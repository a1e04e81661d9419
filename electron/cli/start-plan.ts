// What `start` shall start: its targets become specs of new or changed processes and selectors of known ones.
import path from 'node:path';
import type { ProcessSpec, ProgramRequest } from '../../shared/contract/spec.ts';
import { Failure } from '../../shared/model/failure.ts';
import { usageError } from './arguments.ts';
import type { Context } from './command.ts';
import { configFileFor, loadOffline } from './config-file.ts';
import { suggestion } from '../../shared/model/did-you-mean.ts';
import { plural } from './format.ts';
import { isGroupSelector } from './group-option.ts';

/** What was typed for a program, without the program itself. */
export type ProgramOptions = Omit<ProgramRequest, 'target' | 'args' | 'cwd'> & { readonly cwd?: string };

export interface StartRequest {
  readonly targets: readonly string[];
  /** What came after `--`. */
  readonly args: readonly string[];
  readonly program: ProgramOptions;
  /** Names to restrict a config to; empty: all. */
  readonly only: readonly string[];
}

export interface StartPlan {
  readonly specs: readonly ProcessSpec[];
  readonly selectors: readonly string[];
  readonly notes: readonly string[];
}

type TargetKind = 'config' | 'selector' | 'path' | 'word';

/** What a target is by its looks. A word may be a known process, a script or a command. */
export function targetKind(target: string): TargetKind {
  if (/\.(?:ya?ml|jsonc?)$/i.test(target)) return 'config';
  if (/[\\/\s]/.test(target)) return 'path';
  if (/^@|^group=|[*?[\]{}!]|^\d+$|:\d+$/.test(target) || target === 'all') return 'selector';
  return 'word';
}

/** Throws `invalid-config` with every problem, `invalid-input` for options that do not fit, `nothing-matched`. */
export async function planStart(context: Context, request: StartRequest): Promise<StartPlan> {
  checkOptions(request);
  const targets = request.targets.length === 0 ? [await configFileFor(undefined, context.cwd)] : request.targets;
  const plans: StartPlan[] = [];
  for (const target of targets) plans.push(await planTarget(context, request, target));
  const specs = plans.flatMap((plan) => plan.specs);
  if (specs.length > 0 && targets.some(isGroupSelector)) throw groupWithProgram();
  return { specs: restrict(specs, request.only), selectors: plans.flatMap((plan) => plan.selectors), notes: plans.flatMap((plan) => plan.notes) };
}

async function planTarget(context: Context, request: StartRequest, target: string): Promise<StartPlan> {
  const kind = targetKind(target);
  const forProgram = isForProgram(request);
  if (kind === 'config') return await planConfig(context, path.resolve(context.cwd, target));
  if (!forProgram && (kind === 'selector' || (kind === 'word' && (await isKnown(context, target))))) return { specs: [], selectors: [target], notes: [] };
  return await planProgram(context, request, target, kind === 'word' && !forProgram && !target.includes('.'));
}

async function planConfig({ env, cwd, engine }: Context, file: string): Promise<StartPlan> {
  // The engine boots while the config is read: on two cores that halves the wait.
  const engineToCome = engine.warmUp();
  await engineToCome.begun;
  const offline = await loadOffline();
  const loaded = await offline.loadConfig(file, { env });
  if (loaded.ok) return { specs: loaded.specs, selectors: [], notes: loaded.notes };
  const { problems } = loaded;
  await engineToCome.cancel();
  throw new Failure('invalid-config', `${plural(problems.length, 'problem')} in the config; nothing was started or changed\n\n${offline.formatProblems(problems, { cwd })}`, { problems });
}

/** `mayBeName`: when there is no such program either, it was probably meant as the name of a process. */
async function planProgram(context: Context, request: StartRequest, target: string, mayBeName: boolean): Promise<StartPlan> {
  const { cwd = context.cwd, ...options } = request.program;
  const offline = await loadOffline();
  const loaded = await offline.resolveProgram({ ...options, target, args: [...request.args], cwd: path.resolve(context.cwd, cwd) }, { env: context.env });
  if (loaded.ok) return { specs: loaded.specs, selectors: [], notes: loaded.notes };
  if (mayBeName) throw new Failure('nothing-matched', `nothing matches "${target}": no process of that name is known, and there is no such script or command`, { selectors: [target] });
  throw new Failure('invalid-config', offline.formatProblems(loaded.problems), { problems: loaded.problems });
}

async function isKnown({ engine }: Context, word: string): Promise<boolean> {
  const known = (await engine.ask('list', {})) ?? [];
  return known.some(({ name, group }) => name === word || group === word);
}

function isForProgram({ args, program }: StartRequest): boolean {
  return args.length > 0 || Object.keys(program).length > 0;
}

/** It looks like the group that a new process shall belong to, or like a choice from a config. */
function groupWithProgram(): Failure {
  return usageError('start', '--group chooses known processes and goes with other selectors only: of a config, choose with --only; the group of a new process is set in a config (clusterGroup)');
}

function checkOptions(request: StartRequest): void {
  const { targets, program, only, args } = request;
  if (targets.some(isGroupSelector) && (isForProgram(request) || targets.some((target) => ['config', 'path'].includes(targetKind(target))))) throw groupWithProgram();
  const configs = targets.length === 0 || targets.some((target) => targetKind(target) === 'config');
  if (configs && isForProgram(request)) {
    const options = [...Object.keys(program).map((name) => `--${name === 'envFile' ? 'env-file' : name}`), ...(args.length > 0 ? ['--'] : [])];
    throw usageError('start', `${options.join(', ')} can be given for a script or command only: in a config, set it in the file`);
  }
  if (targets.length > 1 && program.name !== undefined) throw usageError('start', '--name can be given for one target only');
  if (only.length > 0 && !configs) throw usageError('start', '--only chooses from a config');
}

/** The named processes and whatever they depend on, in the order of the config. */
export function restrict(specs: readonly ProcessSpec[], only: readonly string[]): readonly ProcessSpec[] {
  if (only.length === 0) return specs;
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const wanted = new Set<string>();
  const add = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const dependency of byName.get(name)?.dependsOn ?? []) add(dependency.name);
  };
  for (const name of only) {
    if (!byName.has(name)) {
      const names = [...byName.keys()];
      throw new Failure('nothing-matched', `the config has no process "${name}"${suggestion(name, names)}\nIt has: ${names.join(', ')}`, { selectors: [name] });
    }
    add(name);
  }
  return specs.filter((spec) => wanted.has(spec.name));
}
