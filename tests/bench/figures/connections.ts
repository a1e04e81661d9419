// What an open connection that idles costs the shim: its resident memory before and after 5,000 clients have connected and
// been answered once.
import { pause } from '../command.ts';
import type { Figure } from '../figure.ts';
import { echoProgram, serverProgram } from '../front.ts';
import { openIdleConnections } from '../idle-connections.ts';
import { startCluster } from '../managed.ts';
import { residentMemory } from '../procfs.ts';
import { limitRow } from '../row.ts';
import { samples } from '../stats.ts';
import { createTspm } from '../tspm.ts';

const connectionCount = 5000;
/** They run first and are closed again, so that what every first connection costs once is not counted. */
const warmUpCount = 100;
const settleMs = 3000;
const limitKib = 15;

/** An HTTP server of Node would close idle connections by itself after five seconds; only in http mode they are not its own. */
const subjects = [
  { mode: 'tcp', program: echoProgram, kind: 'tcp', ifMissed: 'two sockets of Node for each connection' },
  { mode: 'http', program: serverProgram, kind: 'http', ifMissed: 'a socket of Node and what is known of its requests' },
  { mode: 'handoff', program: echoProgram, kind: 'tcp', ifMissed: 'the socket is gone from the shim; what is left is garbage not collected yet' },
] as const;

export const connectionsFigure: Figure = {
  name: 'connections',
  about: 'Growth of the shim\'s RSS by 5,000 open client connections that idle, for each of them. KiB are 2^10 bytes.',
  async measure({ quick, note }) {
    const rounds = quick ? 2 : 5;
    const growth = subjects.map(() => samples('KiB'));
    for (let round = 0; round < rounds; round++) {
      for (const [index, subject] of subjects.entries()) growth[index]?.values.push(await growthKib(subject));
      note(`connections ${round + 1}/${rounds}`);
    }
    return subjects.map(({ mode, ifMissed }, index) => limitRow({ figure: `memory of the shim per idle connection, ${mode}`, tspm: growth[index] ?? samples('KiB'), limit: limitKib, ifMissed }));
  },
};

/** Per connection, in KiB. Throws an Error when not all of them are open. */
async function growthKib({ mode, program, kind }: (typeof subjects)[number]): Promise<number> {
  const tspm = createTspm();
  try {
    const port = await startCluster(tspm, program, { mode, instances: 2 });
    await (await openIdleConnections(port, warmUpCount, kind)).close();
    await pause(settleMs);
    const before = residentMemory(tspm.shimPid());
    const held = await openIdleConnections(port, connectionCount, kind);
    try {
      await pause(settleMs);
      const grownMb = residentMemory(tspm.shimPid()) - before;
      const open = await held.count();
      if (open !== connectionCount) throw new Error(`${mode}: ${open} of ${connectionCount} connections are open`);
      return (grownMb * 1e6) / 1024 / connectionCount;
    } finally {
      await held.close();
    }
  } finally {
    await tspm.close();
  }
}
