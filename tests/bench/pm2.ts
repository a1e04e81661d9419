// PM2 7 as the bench drives it: installed into a folder of the bench's own, in a home of its own.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cleanEnvironment, output, timed, until } from './command.ts';
import { temporaryFolder, track, type Manager, type Service } from './manager.ts';
import { runs } from './procfs.ts';

const folderOfPm2 = path.resolve(import.meta.dirname, '.pm2');
const packageFolder = path.join(folderOfPm2, 'node_modules/pm2');
const cli = path.join(packageFolder, 'bin/pm2');

interface Listed {
  readonly pm2_env: { readonly status: string };
}

/** Installs PM2 7 unless it is there; gives its version. */
export function installPm2(): string {
  if (!existsSync(cli)) {
    mkdirSync(folderOfPm2, { recursive: true });
    writeFileSync(path.join(folderOfPm2, 'package.json'), '{ "private": true }\n');
    console.log('installing PM2 7 for comparison …');
    output('npm', ['install', '--no-audit', '--no-fund', 'pm2@7'], { ...cleanEnvironment({}) }, folderOfPm2);
  }
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}

export function createPm2(): Manager {
  const { folder, remove } = temporaryFolder();
  const home = path.join(folder, 'home');
  const config = path.join(folder, 'ecosystem.json');
  const env = cleanEnvironment({ PM2_HOME: home, PM2_DISABLE_VERSION_CHECK: 'true' });
  const time = (...args: string[]): number => timed(process.execPath, [cli, ...args], env);
  const listed = (): readonly Listed[] => JSON.parse(lastLine(output(process.execPath, [cli, 'jlist'], env))) as readonly Listed[];
  const pidFile = path.join(home, 'pm2.pid');
  const ownPids = (): readonly number[] => (existsSync(pidFile) ? [Number(readFileSync(pidFile, 'utf8'))] : []);
  return track({
    name: 'PM2',
    configure: (services) => writeFileSync(config, JSON.stringify({ apps: services.map(toApp) })),
    start: () => time('start', config),
    stopAll: () => time('stop', 'all'),
    list: () => time('ls'),
    reload: (name) => time('reload', name),
    scale: (name, instances) => time('scale', name, String(instances)),
    onlineCount: () => listed().filter((one) => one.pm2_env.status === 'online').length,
    ownPids,
    async close() {
      const pids = ownPids();
      time('kill');
      await until('the manager has ended', () => !pids.some(runs));
      remove();
    },
  });
}

function toApp({ name, program, args, restart, logFormat, logFile, cluster }: Service): object {
  return {
    name,
    script: program,
    args,
    ...(cluster === null ? { interpreter: 'none', exec_mode: 'fork' } : { exec_mode: 'cluster', instances: cluster.instances, env: { PORT: cluster.port } }),
    autorestart: restart,
    restart_delay: 0,
    max_restarts: 1_000_000,
    ...(logFormat === 'timestamps' ? { time: true } : {}),
    ...(logFormat === 'json' ? { log_type: 'json' } : {}),
    ...(logFile === null ? {} : { out_file: logFile, error_file: logFile, merge_logs: true }),
  };
}

/** PM2 may say something before the JSON. */
function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
