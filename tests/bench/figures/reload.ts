// Reloads and changes of the number of instances under load: how many requests fail. The server has no signal handler, 50
// clients never stop asking, and every twentieth answer takes two seconds.
import type { Figure } from '../figure.ts';
import type { Manager } from '../manager.ts';
import { createPm2 } from '../pm2.ts';
import { noFailureRow, type Row } from '../row.ts';
import { createTspm } from '../tspm.ts';
import { describeFailures, runUnderLoad, type Clients, type UnderLoad } from '../under-load.ts';

const pm2Reloads = 2;

interface Case {
  readonly mode: UnderLoad['mode'];
  readonly clients: Clients;
}

const httpCases = (['handoff', 'shared', 'http'] as const).flatMap((mode) => (['keep-alive', 'close'] as const).map((clients) => ({ mode, clients })));
const cases: readonly Case[] = [...httpCases, { mode: 'tcp', clients: 'sessions' }];

export const reloadFigure: Figure = {
  name: 'reload',
  about: `Requests that failed while 50 clients asked a server without a signal handler and every twentieth answer took two seconds. Anything but a complete 200 is a failure, nothing is repeated. PM2 has ${pm2Reloads} reloads instead of 20. In tcp mode a request is a session of up to half a second that the client ends.`,
  async measure({ quick, note }) {
    const [reloads, scalings] = quick ? [2, 1] : [20, 5];
    const rows: Row[] = [];
    for (const one of cases) {
      const tspm = await runUnderLoad(...reloading(createTspm(), one, reloads));
      const pm2 = one.mode === 'handoff' ? { pm2: describeFailures(await runUnderLoad(...reloading(createPm2(), one, pm2Reloads))) } : {};
      rows.push(noFailureRow({ figure: `${reloads} reloads, 2 instances, ${one.mode}, ${one.clients}`, tspm: describeFailures(tspm), failed: tspm.failed, ...pm2 }));
      note(`reload: ${one.mode}, ${one.clients}`);
    }
    for (const one of cases) {
      const tspm = await runUnderLoad(...scaling(createTspm(), one, scalings));
      rows.push(noFailureRow({ figure: `4 → 2 → 4 instances, ${scalings} times, ${one.mode}, ${one.clients}`, tspm: describeFailures(tspm), failed: tspm.failed }));
      note(`scale: ${one.mode}, ${one.clients}`);
    }
    return rows;
  },
};

function reloading(manager: Manager, one: Case, times: number): [Manager, UnderLoad] {
  return [manager, { ...one, instances: 2, times, act: (name) => void manager.reload(name), leastPids: times + 2 }];
}

function scaling(manager: Manager, one: Case, times: number): [Manager, UnderLoad] {
  const scaleTo = (name: string, instances: number): void => {
    manager.scale(name, instances);
    const online = manager.onlineCount();
    if (online !== instances) throw new Error(`${manager.name} was scaled to ${instances} and has ${online} online`);
  };
  const act = (name: string): void => {
    scaleTo(name, 2);
    scaleTo(name, 4);
  };
  // Clients that keep their connections have no reason to meet those that came last.
  return [manager, { ...one, instances: 4, times, act, leastPids: 4 }];
}
