// One Node program under a manager, with several instances behind one port.
import { once } from 'node:events';
import { connect } from 'node:net';
import { service, type Cluster, type Manager } from './manager.ts';
import { freePort } from './ports.ts';

/** Configures and starts it as the only service; gives its port. `start` has waited until it is online. */
export async function startCluster(manager: Manager, program: string, { mode, instances }: Omit<Cluster, 'port'>): Promise<number> {
  const port = await freePort();
  manager.configure([service(clusterName, program, { cluster: { port, instances, mode } })]);
  manager.start();
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  socket.destroy();
  return port;
}

export const clusterName = 'web';
