// Clusters as a user runs them: scale, cluster, groups, reload with its exit codes, and what is refused.
import { expect, it } from 'vitest';
import type { ClusterReport } from '../../shared/contract/reports.ts';
import { cliHome } from '../helpers/cli-home.ts';
import { freePort } from '../helpers/free-port.ts';

const server = "require('http').createServer((_, response) => response.end(process.env.NODE_APP_INSTANCE)).listen(Number(process.env.PORT));\n";
const broken = "console.error('no database'); process.exit(3);\n";

async function shop(own = '') {
  const home = await cliHome();
  const port = await freePort();
  const config = (more: string): string => `namespace: shop\nprocesses:\n  - { name: web, script: web.js, instances: 2, port: ${port}, clusterGroup: front${more} }\n  - { name: tick, command: sleep 1000 }\n`;
  await home.write('web.js', server);
  await home.write('tspm.yaml', config(own));
  expect(await home.run('start')).toMatchObject({ code: 0, stderr: '' });
  return { home, port, configure: (more: string) => home.write('tspm.yaml', config(more)) };
}

it('shows a cluster and its groups, and scales it', async () => {
  const { home, port } = await shop();
  for (const expected of ['0', '1', '0', '1']) expect(await (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).text()).toBe(expected);
  const shown = await home.run('cluster');
  expect(shown.stdout).toContain(`web  127.0.0.1:${port} · handoff · round-robin · 2 of 2 ready · group front · namespace shop`);
  expect(shown.stdout).toMatch(/web:1 +online +\d+ +1 +0 +2 +50%/);
  expect(await home.json<ClusterReport[]>('cluster', 'web')).toMatchObject([{ name: 'web', port, instances: [{ requests: 2, share: 0.5 }, { requests: 2, share: 0.5 }] }]);
  expect((await home.run('groups')).stdout).toBe('shop\n├─ group front\n│  └─ web  2 online\n└─ tick  1 online\n');
  expect((await home.run('scale', 'web', '+1')).stdout).toMatch(/✓ web:2 online, pid \d+/);
  expect((await home.run('scale', 'web', '-2')).stdout).toContain('✓ web:2 deleted');
  expect(await home.run('scale', 'web', '-1')).toMatchObject({ code: 2, stderr: expect.stringContaining('at least 1 is needed') as unknown });
  expect((await home.run('describe', 'web')).stdout).toMatch(new RegExp(`port +${port} \\(its own: 2\\d{4}\\)\\n +balancer +handoff, round-robin, on 127.0.0.1, drains up to 30s`));
  expect(await home.run('restart', '--group', 'front')).toMatchObject({ code: 0 });
  expect(await home.run('stop', '@shop')).toMatchObject({ code: 0 });
});

it('a reload that fails exits with 1, the reason and the last lines, and the service goes on', async () => {
  const { home, port } = await shop();
  await home.write('web.js', broken);
  const { code, stdout } = await home.run('reload', 'web');
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ web:0 failed: exited with code 3 after \d+ ms\n {4}│ no database\n= web:1 unchanged, online: left as it was, because web:0 failed/);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  await home.write('web.js', server);
  expect(await home.run('reload', 'web')).toMatchObject({ code: 0 });
});

it('what cannot be done is said before anything is touched', async () => {
  const { home, port, configure } = await shop();
  const before = (await home.list()).map(({ pid }) => pid);
  await configure(', balancer: { mode: shared }');
  if (process.platform !== 'win32') expect(await home.run('reload', 'web')).toMatchObject({ code: 1, stderr: expect.stringContaining('use restart. Nothing was changed.') as unknown });
  await configure(', host: 192.0.2.1');
  expect(await home.run('start')).toMatchObject({ code: 1, stderr: expect.stringContaining('host 192.0.2.1 is no address of this machine') as unknown });
  await configure(', lbStrategy: fastest');
  expect(await home.run('start')).toMatchObject({ code: 2, stderr: expect.stringContaining('round-robin, random, least-connections, least-cpu, least-memory, ip-hash, weighted') as unknown });
  await configure(', instanceWeight: [1]');
  expect(await home.run('reload', 'web')).toMatchObject({ code: 2, stderr: expect.stringContaining('instanceWeight has 1 entry for 2 instances') as unknown });
  expect((await home.list()).map(({ pid }) => pid)).toEqual(before);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
});
