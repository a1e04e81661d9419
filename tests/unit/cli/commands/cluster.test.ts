import { describe, expect, it } from 'vitest';
import { cluster } from '../../../../electron/cli/commands/cluster.ts';
import type { ClusterReport } from '../../../../shared/contract/reports.ts';
import { fakeContext } from '../../../helpers/fake-context.ts';

const api: ClusterReport = { name: 'api', namespace: 'default', group: null, mode: 'tcp', strategy: 'ip-hash', host: '0.0.0.0', port: 80, listening: true, waiting: 0, instances: [] };

describe('tspm cluster', () => {
  it('asks for all, or for those that are selected', async () => {
    const { context, calls, stdout } = fakeContext({ clusters: [api] });
    expect(await cluster.execute(context, [])).toBe(0);
    await cluster.execute(context, ['api', '--group', 'web']);
    expect(calls.map(({ input }) => input)).toEqual([{}, { selectors: ['api', 'group=web'] }]);
    expect(stdout()).toContain('api  0.0.0.0:80 · tcp · ip-hash');
  });

  it('prints the reports as they are for programs', async () => {
    const { context, stdout } = fakeContext({ clusters: [api] }, true);
    await cluster.execute(context, ['--json']);
    expect(JSON.parse(stdout())).toEqual([api]);
  });

  it('needs no engine to say that there is none', async () => {
    const people = fakeContext(null);
    expect(await cluster.execute(people.context, [])).toBe(0);
    expect(people.stdout()).toContain('No clusters.');
    const programs = fakeContext(null, true);
    await cluster.execute(programs.context, ['--json']);
    expect(JSON.parse(programs.stdout())).toEqual([]);
    await expect(cluster.execute(fakeContext(null).context, ['api'])).rejects.toMatchObject({ code: 'nothing-matched' });
  });
});
