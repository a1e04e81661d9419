import { expect, it } from 'vitest';
import { forCaller } from '../../../../electron/transport/http/first-version.ts';

const answer = [{ name: 'api', state: 'lost', reason: 'the data plane cannot be reached', process: { state: 'lost' } }, { state: 'online' }];

it('tells 0.1.0 the nearest state that it knows', () => {
  expect(forCaller({ 'tspm-contract': '1' }, answer)).toEqual([{ ...answer[0], state: 'waiting', process: { state: 'waiting' } }, { state: 'online' }]);
});

it('tells everybody else what is so', () => {
  expect(forCaller({ 'tspm-contract': '1', 'tspm-version': '0.2.0' }, answer)).toBe(answer);
  expect(forCaller({}, answer)).toBe(answer);
});
