// Something is done to a cluster while 50 clients ask it, and what became of their requests.
import { startLoad, startTcpLoad, type Load } from '../helpers/load/start-load.ts';
import type { LoadReport } from '../helpers/load/plan.ts';
import { pause } from './command.ts';
import { echoProgram, serverProgram } from './front.ts';
import { clusterName, startCluster } from './managed.ts';
import type { Cluster, Manager } from './manager.ts';

export type Clients = 'keep-alive' | 'close' | 'sessions';

export interface UnderLoad {
  readonly mode: Cluster['mode'];
  readonly clients: Clients;
  readonly instances: number;
  /** Called with the name of the cluster, `times` times. */
  readonly act: (name: string) => void;
  readonly times: number;
  /** At least so many processes must have answered, or it was not done. */
  readonly leastPids: number;
}

/** Before the first act and after the last one, so that there is something on the way. */
const aroundMs = 1000;

/** Throws an Error when the act changes nothing. The manager is closed at the end. */
export async function runUnderLoad(manager: Manager, { mode, clients, instances, act, times, leastPids }: UnderLoad): Promise<LoadReport> {
  try {
    const port = await startCluster(manager, clients === 'sessions' ? echoProgram : serverProgram, { mode, instances });
    const load = await loadOf(clients, port);
    let report: LoadReport;
    try {
      await pause(aroundMs);
      for (let time = 0; time < times; time++) act(clusterName);
      await pause(aroundMs);
    } finally {
      report = await load.stop();
    }
    const pids = Object.keys(report.perPid).length;
    if (pids < leastPids) throw new Error(`${manager.name}, ${mode}: only ${pids} processes have answered, fewer than there must have been`);
    return report;
  } finally {
    await manager.close();
  }
}

function loadOf(clients: Clients, port: number): Promise<Load> {
  switch (clients) {
    case 'keep-alive':
      return startLoad({ port, keepAlive: 'yes' });
    case 'close':
      return startLoad({ port, keepAlive: 'no' });
    case 'sessions':
      return startTcpLoad({ port });
  }
}

/** `0 of 4711`, or `3 of 4711 (ECONNRESET 2, truncated 1)`. */
export function describeFailures({ failed, requests, failures }: LoadReport): string {
  const reasons = failures.map(({ reason, count }) => `${reason} ${count}`).join(', ');
  return `${failed} of ${requests}${reasons === '' ? '' : ` (${reasons})`}`;
}
