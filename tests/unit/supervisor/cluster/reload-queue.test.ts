import { expect, it } from 'vitest';
import { ReloadQueue } from '../../../../electron/supervisor/cluster/reload-queue.ts';

/** Work that ends when it is told to. */
function setUp() {
  const queue = new ReloadQueue<readonly number[], string>((earlier, later) => [...earlier, ...later]);
  const begun: string[] = [];
  const endings: ((failed: boolean) => void)[] = [];
  const work = (request: readonly number[]): Promise<string> => {
    const name = request.join('+');
    begun.push(name);
    return new Promise((resolve, reject) => endings.push((failed) => (failed ? reject(new Error(name)) : resolve(name))));
  };
  const end = async (failed = false): Promise<void> => {
    endings.shift()?.(failed);
    // Whatever follows from it has happened when the queue of promises is empty.
    await new Promise(setImmediate);
  };
  return { queue, work, begun, end };
}

it('what comes while one is under way becomes a single next one', async () => {
  const { queue, work, begun, end } = setUp();
  const first = queue.run('api', [1], work);
  const rest = [queue.run('api', [2], work), queue.run('api', [3], work), queue.run('api', [4], work)];
  expect(begun).toEqual(['1']);
  await end();
  expect(begun).toEqual(['1', '2+3+4']);
  const later = queue.run('api', [5], work);
  await end();
  await end();
  expect([await first, ...(await Promise.all(rest)), await later]).toEqual(['1', '2+3+4', '2+3+4', '2+3+4', '5']);
  const afterwards = queue.run('api', [6], work);
  await end();
  expect(await afterwards).toBe('6');
});

it('processes do not wait for each other, and a failure is that of its own callers', async () => {
  const { queue, work, begun, end } = setUp();
  const api = queue.run('api', [1], work);
  const next = queue.run('api', [2], work);
  const web = queue.run('web', [3], work);
  expect(begun).toEqual(['1', '3']);
  const failure = expect(api).rejects.toThrow('1');
  await end(true);
  await failure;
  await end();
  await end();
  expect([await web, await next]).toEqual(['3', '2']);
});
