import { expect, it } from 'vitest';
import { dashboard } from '../../../../electron/cli/commands/dashboard.ts';
import type { DashboardReport } from '../../../../shared/contract/reports.ts';
import { fakeContext } from '../../../helpers/fake-context.ts';

const report: DashboardReport = { open: true, host: '127.0.0.1', port: 8776, url: 'http://127.0.0.1:8776/#token=key', ticketUrl: 'http://127.0.0.1:8776/#token=once' };

it('asks for nothing that the user has not asked for', async () => {
  const { context, calls, stdout, stderr } = fakeContext({ dashboard: report });
  expect(await dashboard.execute(context, ['--no-open'])).toBe(0);
  expect(calls).toEqual([{ name: 'dashboard', input: { action: 'open' } }]);
  expect([stdout(), stderr()]).toEqual(['http://127.0.0.1:8776/#token=key\n', '']);
});

it('warns of addresses that other machines can reach', async () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1', 'box.lan', '127.0.0.1.evil.example']) {
    const { context, calls, stderr } = fakeContext({ dashboard: { ...report, host } });
    expect(await dashboard.execute(context, ['--no-open', '--host', host, '--port', '0'])).toBe(0);
    expect(calls).toEqual([{ name: 'dashboard', input: { action: 'open', host, port: 0 } }]);
    expect(stderr(), host).toContain('whoever has the key controls the services');
  }
  for (const host of ['127.0.0.1', '127.0.0.2', '::1', 'localhost']) {
    const { context, stderr } = fakeContext({ dashboard: { ...report, host } });
    await dashboard.execute(context, ['--no-open', '--host', host]);
    expect(stderr(), host).toBe('');
  }
});
