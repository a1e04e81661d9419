// What the caller's shell says to Node is for the services, a cluster's too, and never reaches TSPM's own programs.
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { StatusReport } from '../../shared/contract/reports.ts';
import { cliHome } from '../helpers/cli-home.ts';
import { freePort } from '../helpers/free-port.ts';
import { waitFor } from '../helpers/wait-for.ts';

const instrument = "require('node:fs').appendFileSync('instrumented', require('node:path').basename(process.argv[1] ?? '-') + '\\n');\n";
const server = "require('http').createServer((_, response) => response.end('served')).listen(Number(process.env.PORT));\n";

it('NODE_OPTIONS with a relative file: the engine lives, the services see it', async () => {
  const home = await cliHome();
  const [own, handed] = [await freePort(), await freePort()];
  await home.write('instr.cjs', instrument);
  for (const name of ['web', 'plain', 'tick']) await home.write(`${name}.js`, name === 'tick' ? 'setInterval(() => {}, 1000);\n' : server);
  await home.write('tspm.yaml', `processes:\n  - { name: web, script: web.js, instances: 2, port: ${handed} }\n  - { name: plain, script: plain.js, port: ${own}, balancer: { mode: none } }\n  - { name: tick, script: tick.js }\n`);

  const switches = { NODE_OPTIONS: '--require ./instr.cjs', NODE_PATH: './modules', NODE_DEBUG: 'net', UV_THREADPOOL_SIZE: '3' };
  expect(await home.runWith(switches, 'start')).toMatchObject({ code: 0 });
  expect(await (await fetch(`http://127.0.0.1:${handed}/`)).text()).toBe('served');

  const programs = async () => (await readFile(`${home.folder}/instrumented`, 'utf8')).split('\n').filter((line) => line !== '').sort();
  expect(await programs()).toEqual(['plain.js', 'tick.js', 'tspm.cjs', 'web.js', 'web.js']);
  const before = await home.json<StatusReport>('status');
  const owner = before.owner?.pid ?? 0;
  for (const pid of process.platform === 'linux' ? [owner, before.shim?.pid ?? 0] : []) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
    expect(Object.keys(switches).filter((name) => environment.includes(`${name}=`))).toEqual([]);
  }

  // The one that the shim starts in place of a lost one, too; what comes up under it has them still.
  process.kill(owner, 'SIGKILL');
  const successor = await waitFor(async () => (await home.json<StatusReport | null>('status').catch(() => null))?.owner?.pid, { what: 'another supervisor' });
  expect(successor).not.toBe(owner);
  expect(await home.run('restart', 'tick')).toMatchObject({ code: 0 });
  expect((await programs()).filter((name) => name === 'tick.js').length).toBe(1);
  expect((await home.json<readonly { env: Record<string, string> }[]>('env', 'web'))[0]?.env).toMatchObject(switches);
});
