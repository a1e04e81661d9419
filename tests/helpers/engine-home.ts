// A home with a real daemon, shim and children, that ends with its test and leaves nothing.
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { findMarkedProcesses, homeMarker } from '../../electron/platform/process-identity.ts';
import { homeId, homePaths } from '../../electron/platform/home.ts';
import { createHttpTransport } from '../../electron/transport/http/client.ts';
import { createClient, type Client } from '../../shared/client/client.ts';
import type { StatusReport } from '../../shared/contract/reports.ts';
import type { ProcessSpec } from '../../shared/contract/spec.ts';
import type { Outcome } from '../../shared/contract/outcomes.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import type { ProcessDescription, ProcessSnapshot } from '../../shared/contract/process.ts';
import { today } from './builds.ts';
import { isGone } from './is-gone.ts';
import { temporaryFolder } from './temporary.ts';
import { waitFor } from './wait-for.ts';

export interface EngineHome {
  readonly folder: string;
  readonly paths: HomePaths;
  readonly client: Client;
  /** Starts a daemon as the CLI does and waits until it answers. `build`: folder of its programs; this build without it. */
  boot(build?: string): Promise<StatusReport>;
  status(): Promise<StatusReport>;
  start(...specs: readonly ProcessSpec[]): Promise<readonly Outcome[]>;
  list(): Promise<readonly ProcessSnapshot[]>;
  one(selector: string): Promise<ProcessDescription>;
  log(name: string): Promise<string>;
  /** `tspm kill`; afterwards nothing may be left. */
  kill(): Promise<void>;
  /** Pids of everything that TSPM has started as a service here. */
  children(): Promise<readonly number[]>;
}

/** `prepare` makes something of the folder that the home will be in, such as a disk of its own. */
export async function engineHome(prepare: (folder: string) => Promise<void> = async () => undefined, name = 'home'): Promise<EngineHome> {
  const folder = await temporaryFolder();
  await prepare(folder);
  const paths = homePaths({ TSPM_HOME: path.join(folder, name) });
  const client = createClient(createHttpTransport(paths.controlSocket));
  const status = () => client.call('status', {});
  const children = () => findMarkedProcesses(homeId(paths.home));

  let isKilled = false;
  onTestFinished(async () => {
    if (isKilled) return;
    const report = await waitFor(() => status().catch(() => null), { what: 'the engine to answer for the last time', timeoutMs: 15_000 });
    await client.call('kill', {});
    const pids = [report.owner?.pid, report.shim?.pid].filter((pid) => pid !== undefined);
    await waitFor(async () => (await Promise.all(pids.map(isGone))).every(Boolean) && (await children()).length === 0, { what: 'supervisor, shim and services to end' });
    const sockets = path.dirname(paths.controlSocket);
    if (sockets !== paths.home) await rm(sockets, { recursive: true, force: true });
  });

  return {
    folder,
    paths,
    client,
    status,
    children,
    async boot(build = today) {
      const environment: NodeJS.ProcessEnv = { ...process.env, TSPM_HOME: paths.home };
      delete environment[homeMarker];
      spawn(process.execPath, [path.join(build, 'daemon.cjs')], { env: environment, detached: true, stdio: 'ignore' }).unref();
      return waitFor(() => status().catch(() => null), { what: 'the daemon to answer' });
    },
    async kill() {
      const { owner } = await status();
      await client.call('kill', {});
      isKilled = true;
      await waitFor(async () => (await isGone(owner?.pid ?? 0)) && (await children()).length === 0, { what: 'supervisor and services to end' });
    },
    start: (...specs) => client.call('start', { specs: [...specs], environment: { PATH: process.env['PATH'] ?? '' }, wait: true }),
    list: () => client.call('list', {}),
    async one(selector) {
      const [found] = await client.call('describe', { selectors: [selector] });
      if (found === undefined) throw new Error(`${selector} is not in the list`);
      return found;
    },
    log: (name) => readFile(path.join(paths.logs, name), 'utf8').catch(() => ''),
  };
}
