import { expect, it } from 'vitest';
import { MetricsHistory } from '../../../../electron/supervisor/metrics/history.ts';

it('gives what was measured since a moment, oldest first', () => {
  const history = new MetricsHistory();
  for (let second = 1; second <= 5; second++) history.add(7, second * 1000, second * 1.25, second << 20);
  expect(history.since(7, 3000)).toEqual({ at: [3000, 4000, 5000], cpuPercent: [3.8, 5, 6.3], memoryBytes: [3 << 20, 4 << 20, 5 << 20] });
  expect(history.since(8, 0)).toEqual({ at: [], cpuPercent: [], memoryBytes: [] });
});

it('holds ten minutes of one a second, and forgets who is gone', () => {
  const history = new MetricsHistory();
  for (let second = 1; second <= 1000; second++) history.add(7, second, 0, 0);
  const { at } = history.since(7, 0);
  expect([at.length, at[0], at.at(-1)]).toEqual([600, 401, 1000]);
  history.keep(new Set([8]));
  expect(history.since(7, 0).at).toEqual([]);
});
