// The example stack of the repository, run through the built CLI as the README tells people to.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { cliHome } from '../helpers/cli-home.ts';
import { freePort } from '../helpers/free-port.ts';
import { waitFor } from '../helpers/wait-for.ts';

const config = fileURLToPath(new URL('../../tspm.yaml', import.meta.url));

interface Job {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done';
  readonly result?: { readonly words: number };
}

it('takes a job at one instance of the API and shows at the other that the worker has done it', async () => {
  const home = await cliHome();
  const port = await freePort();
  const env = { TSPM_STACK_PORT: String(port), TSPM_STACK_DATA: path.join(home.folder, 'data') };

  const started = await home.runWith(env, 'start', config, '--json');
  expect(started).toMatchObject({ code: 0, stderr: '' });
  expect((await home.list()).map(({ name, instance, state, port }) => ({ name, instance, state, port }))).toEqual([
    { name: 'migrate', instance: 0, state: 'exited', port: null },
    { name: 'api', instance: 0, state: 'online', port },
    { name: 'api', instance: 1, state: 'online', port },
    { name: 'worker', instance: 0, state: 'online', port: null },
    { name: 'janitor', instance: 0, state: 'online', port: null },
  ]);

  const answer = await fetch(`http://127.0.0.1:${port}/jobs`, { method: 'POST', body: JSON.stringify({ text: 'count these four words' }) });
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as Job;
  const done = await waitFor(
    async () => {
      // Each request on a connection of its own, so that both instances are asked.
      const answer = await fetch(`http://127.0.0.1:${port}/jobs/${id}`, { headers: { connection: 'close' } });
      const job = (await answer.json()) as Job;
      return job.state === 'done' ? job : null;
    },
    { what: 'the worker to do the job' },
  );
  expect(done.result?.words).toBe(4);

  await waitFor(async () => (await home.run('logs', 'janitor')).stdout.includes('event=swept'), { what: 'the janitor to sweep' });
  expect((await home.run('stop', '--all')).code).toBe(0);
  expect((await home.run('logs', '--out')).stdout.match(/stopping/g)).toHaveLength(4);
});
