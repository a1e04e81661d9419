// An engine hosted by the test's own process, with a real shim and real children, that ends with its test and leaves nothing.
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { homeId, homePaths, prepareHome } from '../../electron/platform/home.ts';
import { findMarkedProcesses } from '../../electron/platform/process-identity.ts';
import { createLocalTransport } from '../../electron/transport/local-transport.ts';
import type { HostedHome } from '../../electron/transport/serve-home.ts';
import { createClient, type Client } from '../../shared/client/client.ts';
import type { ProcessSpec } from '../../shared/contract/spec.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import { hostHome } from './host-home.ts';
import { temporaryFolder } from './temporary.ts';
import { waitFor } from './wait-for.ts';

export interface TestHost {
  readonly paths: HomePaths;
  readonly hosted: HostedHome;
  /** Without a transport in between. */
  readonly client: Client;
  start(...specs: readonly ProcessSpec[]): Promise<unknown>;
}

export async function hostedHome(): Promise<TestHost> {
  const folder = await temporaryFolder();
  const paths = homePaths({ TSPM_HOME: path.join(folder, 'home') });
  await prepareHome(paths);
  let isLeft = false;
  const hosted = await hostHome({ paths, kind: 'daemon', takeOver: false, left: () => (isLeft = true) });
  if (hosted === null) throw new Error('a new home has an owner');
  const client = createClient(createLocalTransport(hosted.service));
  onTestFinished(async () => {
    if (!isLeft) await client.call('kill', {});
    await waitFor(async () => (await findMarkedProcesses(homeId(paths.home))).length === 0, { what: 'shim and services to end' });
    await waitFor(() => isLeft, { what: 'the host to leave' });
  });
  return { paths, hosted, client, start: (...specs) => client.call('start', { specs: [...specs], environment: { PATH: process.env['PATH'] ?? '' }, wait: true }) };
}
