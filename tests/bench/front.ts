// A front is one port that HTTP requests go to, with something behind it. Here are those that are neither TSPM nor PM2.
import path from 'node:path';
import { freePort, freePorts } from './ports.ts';
import { startProgram, untilAnswers } from './program.ts';
import type { Closable } from './manager.ts';

export interface Front extends Closable {
  readonly port: number;
}

/** The server that all of them put forward. */
export const serverProgram = path.resolve(import.meta.dirname, '../fixtures/servers/naive.mjs');
export const echoProgram = path.resolve(import.meta.dirname, '../fixtures/servers/echo.mjs');

/** One server, with nothing before it. */
export async function singleServer(): Promise<Front> {
  return startServer(await freePort());
}

export async function nodeCluster(scheduling: 'rr' | 'none', instances: number): Promise<Front> {
  const port = await freePort();
  const primary = path.join(import.meta.dirname, 'programs/node-cluster.mjs');
  const program = startProgram({ command: process.execPath, args: [primary, serverProgram, String(instances)], env: { PORT: String(port), NODE_CLUSTER_SCHED_POLICY: scheduling } });
  return ready({ port, close: program.close });
}

/** A proxy before servers of its own. `start` is given its port and theirs. */
export async function proxied(instances: number, start: (port: number, servers: readonly number[]) => Closable): Promise<Front> {
  const [port = 0, ...serverPorts] = await freePorts(instances + 1);
  const servers = await Promise.all(serverPorts.map(startServer));
  const proxy = start(port, serverPorts);
  return ready({
    port,
    async close() {
      await proxy.close();
      for (const server of servers) await server.close();
    },
  });
}

function startServer(port: number): Promise<Front> {
  const program = startProgram({ command: process.execPath, args: [serverProgram], env: { PORT: String(port) } });
  return ready({ port, close: program.close });
}

/** Throws an Error when it does not answer; nothing runs then. */
async function ready(front: Front): Promise<Front> {
  try {
    await untilAnswers(front.port);
    return front;
  } catch (error) {
    await front.close();
    throw error;
  }
}
