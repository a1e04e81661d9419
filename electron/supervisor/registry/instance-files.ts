// Which files belong to an instance: logs and pid file, in the home or where the config puts them.
import path from 'node:path';
import type { HomePaths } from '../../../shared/model/home.ts';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import type { LogTarget } from '../../../shared/model/shim-protocol.ts';

export function logTarget(paths: HomePaths, spec: ProcessSpec, instance: number): LogTarget {
  const { logs } = spec;
  const base = path.join(paths.logs, `${spec.name}-${instance}`);
  const out = logs.out === null ? `${base}${logs.merge ? '.log' : '.out.log'}` : ownPath(spec, logs.out, instance);
  const err = logs.merge ? out : logs.err === null ? `${base}.err.log` : ownPath(spec, logs.err, instance);
  return {
    format: logs.format,
    out,
    err,
    process: spec.name,
    instance,
    maxSizeBytes: logs.maxSizeBytes,
    maxFiles: logs.maxFiles,
    maxAgeMs: logs.maxAgeMs,
    compress: logs.compress,
  };
}

export function pidFilePath(paths: HomePaths, spec: ProcessSpec, instance: number): string {
  return spec.pidFile === null ? path.join(paths.pids, `${spec.name}-${instance}.pid`) : ownPath(spec, spec.pidFile, instance);
}

/** Instances never share a file: with several of them the number goes before the extension. */
function ownPath(spec: ProcessSpec, file: string, instance: number): string {
  const absolute = path.resolve(spec.cwd, file);
  if (spec.instances === 1) return absolute;
  const { dir, name, ext } = path.parse(absolute);
  return path.join(dir, `${name}-${instance}${ext}`);
}
