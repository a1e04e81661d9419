// TSPM as the bench drives it: the built CLI, in a home of its own.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { cleanEnvironment, output, timed, until } from './command.ts';
import { temporaryFolder, track, type Cluster, type Manager, type Service } from './manager.ts';
import { runs } from './procfs.ts';

export const cli = path.resolve(import.meta.dirname, '../../out/tspm.cjs');

interface Listed {
  readonly state: string;
}

interface Status {
  readonly owner: { readonly pid: number } | null;
  readonly shim: { readonly pid: number } | null;
}

/** `maxSize` of the logs in bytes: no rotation unless one is asked for. */
export function createTspm({ maxLogSize = 1e12, wait = true }: { readonly maxLogSize?: number; readonly wait?: boolean } = {}): Manager & { readonly shimPid: () => number; readonly dashboard: () => string } {
  const { folder, remove } = temporaryFolder();
  const config = path.join(folder, 'tspm.json');
  const env = cleanEnvironment({ TSPM_HOME: path.join(folder, 'home') });
  const time = (...args: string[]): number => timed(process.execPath, [cli, ...args], env);
  const read = (...args: string[]): unknown => JSON.parse(output(process.execPath, [cli, ...args, '--json'], env));
  const listed = (): readonly Listed[] => read('list') as readonly Listed[];
  const status = (): Status => read('status') as Status;
  const ownPids = (): readonly number[] => {
    const { owner, shim } = status();
    return [owner, shim].flatMap((one) => (one === null ? [] : [one.pid]));
  };
  return track({
    name: 'TSPM',
    configure: (services) => writeFileSync(config, JSON.stringify({ processes: services.map((one) => toProcess(one, maxLogSize)) })),
    start: () => time('start', config, ...(wait ? [] : ['--no-wait'])),
    stopAll: () => time('stop', '--all'),
    list: () => time('list'),
    reload: (name) => time('reload', name),
    scale: (name, instances) => time('scale', name, String(instances)),
    onlineCount: () => listed().filter((one) => one.state === 'online').length,
    ownPids,
    shimPid: () => status().shim?.pid ?? 0,
    /** Address of its dashboard, with the key. */
    dashboard: () => (read('dashboard', '--no-open', '--port', '0') as { readonly url: string }).url,
    async close() {
      const pids = ownPids();
      time('kill');
      await until('the manager has ended', () => !pids.some(runs));
      remove();
    },
  });
}

function toProcess({ name, program, args, restart, logFormat, logFile, cluster }: Service, maxSize: number): object {
  return {
    name,
    ...(cluster === null ? { command: [program, ...args] } : { script: program, args, ...balanced(cluster) }),
    autorestart: restart,
    restartDelay: 0,
    maxRestarts: 1_000_000,
    logs: { format: logFormat, maxSize, maxFiles: 100, ...(logFile === null ? {} : { out: logFile, merge: true }) },
  };
}

function balanced({ port, instances, mode }: Cluster): object {
  return { port, instances, balancer: { mode } };
}
