import { describe, expect, it } from 'vitest';
import { select, type Selectable } from '../../../../electron/supervisor/registry/selectors.ts';

const item = (id: number, name: string, instance: number, namespace = 'default', group: string | null = null): Selectable => ({ id, instance, spec: { name, namespace, group } });
const items = [item(0, 'api', 0, 'shop', 'web'), item(1, 'api', 1, 'shop', 'web'), item(2, 'worker', 0, 'jobs'), item(3, 'api-docs', 0, 'shop', 'web'), item(7, '2', 0)];
const ids = (...selectors: string[]) => select(items, selectors).map((one) => one.id);

describe('select', () => {
  it.each([
    ['a name', ['api'], [0, 1]],
    ['one instance', ['api:1'], [1]],
    ['an id', ['3'], [3]],
    ['a name that looks like an id', ['2'], [7]],
    ['a glob over names', ['api*'], [0, 1, 3]],
    ['a glob over instances', ['*:1'], [1]],
    ['a namespace', ['@shop'], [0, 1, 3]],
    ['a group', ['web'], [0, 1, 3]],
    ['all', ['all'], [0, 1, 2, 3, 7]],
    ['several, each once, in list order', ['worker', 'api:0', 'api'], [0, 1, 2]],
  ])('%s', (_what, selectors, expected) => {
    expect(ids(...selectors)).toEqual(expected);
  });

  it('names what matches nothing, and what is known', () => {
    expect(() => ids('api', 'apu', '@nowhere')).toThrow(/nothing matches "apu", "@nowhere"\. known: api, worker/);
  });

  it('prints a selector so that no escape code gets out', () => {
    expect(() => ids('\u001b[31m')).toThrow(/"\\u001b\[31m"/);
  });
});
