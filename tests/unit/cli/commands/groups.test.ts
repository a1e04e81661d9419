import { describe, expect, it } from 'vitest';
import { groups } from '../../../../electron/cli/commands/groups.ts';
import { fakeContext } from '../../../helpers/fake-context.ts';

const list = [
  { id: 0, name: 'migrate', namespace: 'shop', group: null, state: 'exited' },
  { id: 1, name: 'api', namespace: 'shop', group: 'web', state: 'online' },
  { id: 2, name: 'api', namespace: 'shop', group: 'web', state: 'online' },
  { id: 3, name: 'assets', namespace: 'shop', group: 'web', state: 'errored' },
  { id: 4, name: 'nap', namespace: 'default', group: null, state: 'stopped' },
];

describe('tspm groups', () => {
  it('prints a tree', async () => {
    const { context, stdout } = fakeContext({ list });
    expect(await groups.execute(context, [])).toBe(0);
    expect(stdout().split('\n')).toEqual([
      'shop',
      '├─ group web',
      '│  ├─ api     2 online',
      '│  └─ assets  1 errored',
      '└─ migrate  1 exited',
      'default',
      '└─ nap  1 stopped',
      '',
    ]);
  });

  it('prints it for programs', async () => {
    const { context, stdout } = fakeContext({ list }, true);
    await groups.execute(context, ['--json']);
    expect(JSON.parse(stdout())[1]).toEqual({ namespace: 'default', groups: [{ group: null, processes: [{ name: 'nap', instances: 1, states: { stopped: 1 } }] }] });
  });

  it('says what to do when there is nothing', async () => {
    const { context, stdout } = fakeContext({ list: [] });
    await groups.execute(context, []);
    expect(stdout()).toContain('No processes. tspm start');
  });
});
