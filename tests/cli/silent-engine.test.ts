// An engine that listens and does not answer: a person hears so after five seconds, and what can be done works.
import { expect, it, onTestFinished } from 'vitest';
import type { StatusReport } from '../../shared/contract/reports.ts';
import { cliHome } from '../helpers/cli-home.ts';
import { isGone } from '../helpers/is-gone.ts';

it.skipIf(process.platform !== 'linux')('is named, with what it looks like, and ended by kill', { timeout: 60_000 }, async () => {
  const home = await cliHome();
  await home.write('stay.js', 'setInterval(() => {}, 1000);\n');
  await home.json('start', 'stay.js');
  const service = (await home.list())[0]?.pid ?? 0;
  const engine = (await home.json<StatusReport>('status')).owner?.pid ?? 0;
  process.kill(engine, 'SIGSTOP');
  onTestFinished(() => {
    try {
      process.kill(engine, 'SIGCONT');
    } catch {
      // It was ended, as it should be.
    }
  });

  const begun = performance.now();
  const [list, stop] = await Promise.all([home.run('list'), home.run('--json', 'stop', 'stay')]);
  const took = performance.now() - begun;
  expect(took).toBeGreaterThan(4500);
  expect(took).toBeLessThan(12_000);
  expect(list).toMatchObject({ code: 4, stdout: '' });
  expect(list.stderr).toContain(`the engine (pid ${engine}) does not answer: it is stopped (SIGSTOP)`);
  expect(list.stderr).toContain(`kill -CONT ${engine}`);
  expect(stop.code).toBe(4);
  expect(JSON.parse(stop.stdout)).toMatchObject({ error: { code: 'engine-unreachable', data: { kind: 'silent', owner: { pid: engine } } } });

  process.kill(engine, 'SIGCONT');
  expect((await home.list())[0]).toMatchObject({ pid: service, state: 'online' });

  process.kill(engine, 'SIGSTOP');
  const killed = await home.run('kill');
  expect(killed).toMatchObject({ code: 0 });
  expect(killed.stderr).toContain(`the engine (pid ${engine}) does not answer: it is ended first`);
  expect(await Promise.all([isGone(engine), isGone(service)])).toEqual([true, true]);
});

it('is not an engine that is busy with a long command', { timeout: 60_000 }, async () => {
  const home = await cliHome();
  await home.write('slow.js', 'setTimeout(() => process.send("ready"), 6500);\n setInterval(() => {}, 1000);\n');
  await home.write('tspm.yaml', 'processes:\n  - name: slow\n    script: slow.js\n    waitReady: true\n    readyTimeout: 30s\n');
  expect(await home.run('start')).toMatchObject({ code: 0, stderr: '' });
});
