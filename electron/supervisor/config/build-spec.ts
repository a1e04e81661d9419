// From the checked fields of one process to the ProcessSpec that the supervisor runs: defaults filled in, paths absolute.
import path from 'node:path';
import { maxInstances } from '../../../shared/model/limits.ts';
import type { LogSpec, ProcessSource, ProcessSpec } from '../../../shared/contract/spec.ts';
import { endingSignals, parseSignal } from '../../../shared/model/signals.ts';
import { buildBalancer } from './build-balancer.ts';
import type { Candidate } from './candidate.ts';
import type { Environment } from './expand.ts';
import type { ProgramFinder } from './find-program.ts';
import { searchPlace } from './find-program.ts';
import { prepareLaunch } from './launch.ts';
import type { View } from './located.ts';
import type { ProblemList } from './problem.ts';
import { processEnvironment } from './process-environment.ts';
import type { Runtime } from './runtime.ts';
import type { ProcessFields } from './schema.ts';

export interface Setting {
  /** Relative paths of the config start here. */
  readonly folder: string;
  readonly source: ProcessSource;
  /** What `${VAR}` and PATH come from. */
  readonly env: Environment;
  readonly runtime: Runtime;
  readonly programs: ProgramFinder;
  readonly view: View;
  readonly problems: ProblemList;
}

/** null when something is wrong with the process; it is in `setting.problems` then. */
export async function buildSpec(candidate: Candidate, setting: Setting): Promise<ProcessSpec | null> {
  const { folder, view, problems, runtime, programs } = setting;
  const { fields } = candidate;
  const env = await processEnvironment(candidate, folder, view, problems);
  const place = searchPlace(env, setting.env, runtime.platform);
  const launch = await prepareLaunch(candidate, folder, { runtime, programs, place }, view, problems);
  if (launch === null || fields.name === undefined) return null;
  const balancer = buildBalancer(candidate, launch, runtime, problems);
  return {
    name: fields.name,
    namespace: fields.namespace ?? 'default',
    group: fields.clusterGroup ?? null,
    instances: countInstances(fields, runtime),
    command: launch.command,
    args: [...launch.args],
    script: launch.script,
    interpreter: launch.interpreter,
    cwd: launch.cwd,
    env,
    port: fields.port ?? null,
    host: fields.host ?? '127.0.0.1',
    balancer,
    instanceWeight: fields.instanceWeight ?? 1,
    instanceVar: fields.instanceVar ?? 'NODE_APP_INSTANCE',
    drainTimeoutMs: fields.drainTimeout ?? 30_000,
    waitReady: fields.waitReady ?? false,
    dependsOn: (fields.dependsOn ?? []).map((dependency) =>
      typeof dependency === 'string' ? { name: dependency, condition: 'ready' } : { name: dependency.name, condition: dependency.condition ?? 'ready' },
    ),
    autorestart: fields.autorestart ?? true,
    maxRestarts: fields.maxRestarts ?? 16,
    minUptimeMs: fields.minUptime ?? 50,
    readyTimeoutMs: fields.readyTimeout ?? 30_000,
    restartDelayMs: fields.restartDelay ?? 100,
    maxRestartDelayMs: fields.maxRestartDelay ?? 15_000,
    restartBackoff: fields.restartBackoff ?? 2,
    stopExitCodes: fields.stopExitCodes ?? [],
    killSignal: endingSignal(fields.killSignal),
    killTimeoutMs: fields.killTimeout ?? 5000,
    logs: logSpec(fields, folder),
    pidFile: fields.pidFile === undefined ? null : path.resolve(folder, fields.pidFile),
    source: setting.source,
  };
}

export function countInstances({ instances = 1 }: ProcessFields, { parallelism }: Runtime): number {
  return instances === 'max' ? Math.min(maxInstances, parallelism) : instances;
}

function logSpec({ logs = {} }: ProcessFields, folder: string): LogSpec {
  const absolute = (file: string | null | undefined): string | null => (file === undefined || file === null ? null : path.resolve(folder, file));
  return {
    format: logs.format ?? 'plain',
    out: absolute(logs.out),
    err: absolute(logs.err),
    merge: logs.merge ?? false,
    maxSizeBytes: logs.maxSize ?? 10 * 1024 * 1024,
    maxFiles: logs.maxFiles ?? 5,
    maxAgeMs: logs.maxAge ?? null,
    compress: logs.compress ?? true,
  };
}

function endingSignal(text = 'SIGTERM'): ProcessSpec['killSignal'] {
  const full = parseSignal(text);
  return endingSignals.find((name) => name === full) ?? 'SIGTERM';
}
