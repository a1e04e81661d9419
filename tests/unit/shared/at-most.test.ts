import { expect, it } from 'vitest';
import { atMost } from '../../../shared/model/at-most.ts';

it('waits for the work, and no longer than it may', async () => {
  const heard: unknown[] = [];
  await atMost(60_000, Promise.resolve());
  await atMost(60_000, Promise.reject(new Error('no')), (error) => heard.push(String(error)));
  await atMost(10, new Promise(() => undefined));
  expect(heard).toEqual(['Error: no']);
});
