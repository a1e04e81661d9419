// A folder with files for one test, and loading from it in a fixed environment.
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { ProcessSpec } from '../../../../shared/contract/spec.ts';
import type { ConfigProblem, LoadResult, Runtime } from '../../../../electron/supervisor/config/index.ts';
import { loadConfig } from '../../../../electron/supervisor/config/index.ts';

export const nodeRuntime: Runtime = { platform: 'linux', kind: 'node', execPath: '/opt/node', stripsTypes: false, parallelism: 4 };

export interface Workspace {
  readonly folder: string;
  /** Writes a file; one whose text begins with `#!` becomes executable. Returns its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  load(name: string, env?: Record<string, string>, runtime?: Partial<Runtime>): Promise<LoadResult>;
}

export async function createWorkspace(): Promise<Workspace> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tspm-config-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return {
    folder,
    async write(name, content) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
      if (typeof content === 'string' && content.startsWith('#!')) await chmod(file, 0o755);
      return file;
    },
    load: (name, env = {}, runtime = {}) =>
      loadConfig(path.join(folder, name), { env: { PATH: '/usr/bin:/bin', ...env }, runtime: { ...nodeRuntime, ...runtime } }),
  };
}

/** The specs of a load that must succeed, by name. */
export function specsOf(result: LoadResult): Readonly<Record<string, ProcessSpec>> {
  if (!result.ok) expect.fail(`expected no problems, found: ${summaries(result).join(' | ')}`);
  return Object.fromEntries(result.specs.map((spec) => [spec.name, spec]));
}

export function onlySpec(result: LoadResult): ProcessSpec {
  const [spec, ...others] = Object.values(specsOf(result));
  if (spec === undefined || others.length > 0) expect.fail('expected exactly one process');
  return spec;
}

export function problemsOf(result: LoadResult): readonly ConfigProblem[] {
  return result.ok ? [] : result.problems;
}

/** `line:column message` of each problem. */
export function summaries(result: LoadResult): readonly string[] {
  return problemsOf(result).map(({ line, column, message }) => `${line}:${column} ${message}`);
}
