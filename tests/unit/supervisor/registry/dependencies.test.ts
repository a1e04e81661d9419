import { describe, expect, it } from 'vitest';
import { dependencyLevels, satisfaction, withDependencies } from '../../../../electron/supervisor/registry/dependencies.ts';
import type { Life } from '../../../../electron/supervisor/lifecycle/life.ts';

const node = (name: string, ...needs: string[]) => ({ name, dependsOn: needs.map((need) => ({ name: need, condition: 'ready' as const })) });
const stack = [node('api', 'db', 'cache'), node('cache'), node('db', 'disk'), node('disk'), node('web', 'api')];

describe('dependencyLevels', () => {
  it('puts everything after what it needs', () => {
    expect(dependencyLevels(stack)).toEqual([['cache', 'disk'], ['db'], ['api'], ['web']]);
  });

  it('does not hang on a cycle', () => {
    expect(dependencyLevels([node('a', 'b'), node('b', 'a'), node('c')])).toEqual([['c'], ['a', 'b']]);
  });

  it('ignores what is not in the set', () => {
    expect(dependencyLevels([node('api', 'elsewhere')])).toEqual([['api']]);
  });
});

describe('withDependencies', () => {
  it('follows the chain', () => {
    const found = withDependencies(['web'], (name) => stack.find((one) => one.name === name));
    expect([...found].sort()).toEqual(['api', 'cache', 'db', 'disk', 'web']);
  });
});

describe('satisfaction', () => {
  const online: Life = { state: 'online' };
  const starting: Life = { state: 'starting' };
  it.each([
    [online, true, 'ready', 'satisfied'],
    [online, true, 'started', 'satisfied'],
    [online, true, 'completed', 'pending'],
    [starting, true, 'started', 'satisfied'],
    [starting, false, 'started', 'pending'],
    [starting, true, 'ready', 'pending'],
    [{ state: 'exited', reason: '' }, false, 'completed', 'satisfied'],
    [{ state: 'errored', reason: '' }, false, 'completed', 'impossible'],
    [{ state: 'stopped' }, false, 'ready', 'impossible'],
    [{ state: 'backoff', reason: '' }, false, 'ready', 'pending'],
  ] as const)('%o with pid %s, condition %s: %s', (life, hasPid, condition, expected) => {
    expect(satisfaction(life, hasPid, condition)).toBe(expected);
  });
});
