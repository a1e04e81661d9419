import { describe, expect, it } from 'vitest';
import { select, type Selectable } from '../../../../electron/supervisor/registry/selectors.ts';

const item = (id: number, name: string, instance: number, namespace = 'default', group: string | null = null): Selectable => ({ id, instance, spec: { name, namespace, group } });
const items = [item(0, 'api', 0, 'shop', 'web'), item(1, 'api', 1, 'shop', 'web'), item(2, 'worker', 0, 'jobs'), item(3, 'api-docs', 0, 'shop', 'web'), item(7, '2', 0), item(8, 'web', 0, 'jobs', 'api')];
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
    ['a name that is a group too', ['web'], [8]],
    ['exactly a group', ['group=web'], [0, 1, 3]],
    ['a group that has the name of a process', ['group=api'], [8]],
    ['all', ['all'], [0, 1, 2, 3, 7, 8]],
    ['several, each once, in list order', ['worker', 'api:0', 'api'], [0, 1, 2]],
  ])('%s', (_what, selectors, expected) => {
    expect(ids(...selectors)).toEqual(expected);
  });

  it('names what matches nothing, and what is known', () => {
    expect(() => ids('api', 'apu', '@nowhere')).toThrow(/nothing matches "apu", "@nowhere"\. known: api, worker/);
  });

  it('takes the name of a group where no process has it', () => {
    const others = items.filter(({ id }) => id !== 8);
    expect(select(others, ['web']).map(({ id }) => id)).toEqual([0, 1, 3]);
  });

  it('names the groups there are where one was meant', () => {
    expect(() => ids('group=wbe')).toThrow(/^nothing matches "group=wbe"\. known groups: web, api$/);
    expect(() => ids('group=web*')).toThrow(/known groups/);
    expect(() => ids('group=')).toThrow(/known groups/);
    expect(() => ids('apu', 'group=wbe')).toThrow(/known: api, .*; known groups: web, api$/);
    expect(() => select([item(0, 'api', 0)], ['group=web'])).toThrow(/no process has a group \(clusterGroup in the config\)/);
    expect(() => select([], ['group=web'])).toThrow(/no process is known; start some first/);
  });

  it('prints a selector so that no escape code gets out', () => {
    expect(() => ids('\u001b[31m')).toThrow(/"\\u001b\[31m"/);
  });
});
