// A home with services and an open dashboard.
import { cliHome, type CliHome } from '../helpers/cli-home.ts';
import { freePort } from '../helpers/free-port.ts';
import type { DashboardReport, StatusReport } from '../../shared/contract/reports.ts';

/** Answers requests, says so in its log, crashes when it is asked to, and colours a line. */
const server = `
import { createServer } from 'node:http';
createServer((request, response) => {
  console.log('request ' + request.url);
  if (request.url === '/crash') { console.error('crash was asked for'); process.exit(7); }
  response.end(String(process.pid));
}).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('\\u001b[32mlistening\\u001b[0m'));
process.on('SIGTERM', () => process.exit(0));
`;

export interface DashboardHome extends CliHome {
  /** With the key in its fragment. */
  readonly url: string;
  /** Of the service `api`. */
  readonly port: number;
  status(): Promise<StatusReport>;
}

export async function dashboardHome(): Promise<DashboardHome> {
  const home = await cliHome();
  const port = await freePort();
  await home.write('server.mjs', server);
  const config = await home.write(
    'tspm.yaml',
    `processes:
  - { name: api, script: ./server.mjs, port: ${port}, instances: 2, restartDelay: 300, clusterGroup: web, balancer: { mode: http } }
  - { name: worker, command: sleep 1000 }
  - { name: a-service-with-a-name-so-long-that-no-column-has-room-for-it, command: sleep 1000, namespace: background }
`,
  );
  await home.json('start', config);
  const { url } = await home.json<DashboardReport>('dashboard', '--no-open', '--port', '0');
  return { ...home, url: url ?? '', port, status: () => home.json('status') };
}
