import { expect, it } from 'vitest';
import { scopeIsBetter, unitOf, type LoginSession } from '../../../electron/platform/login-session.ts';

it('finds its unit in either version of cgroups', () => {
  expect(unitOf('0::/user.slice/user-1000.slice/session-3.scope\n')).toBe('session-3.scope');
  expect(unitOf('12:pids:/x\n1:name=systemd:/user.slice/user-1000.slice/session-c2.scope\n0::/user.slice/user-1000.slice/session-c2.scope\n')).toBe('session-c2.scope');
  expect(unitOf('4:memory:/a\n1:name=systemd:/system.slice/ssh.service\n')).toBe('ssh.service');
  expect(unitOf('9:name=systemd:/\n0::/\n')).toBeNull();
  expect(unitOf('')).toBeNull();
});

it('leaves a session for a scope of the manager only when that lives longer', async () => {
  const session: LoginSession = { unit: 'session-3.scope', runtimeFolder: '/run/user/1000', lingers: false, endsProcesses: async () => false };
  const decide = (own: Partial<LoginSession>): Promise<boolean> => scopeIsBetter({ ...session, ...own });
  // The session may leave processes behind, and the manager goes with the last session.
  expect(await decide({})).toBe(false);
  expect(await decide({ endsProcesses: async () => true })).toBe(true);
  expect(await decide({ lingers: true })).toBe(true);
  expect(await decide({ lingers: true, unit: 'vte-spawn-1234.scope' })).toBe(true);
  expect(await decide({ lingers: true, unit: 'app-gnome-tspm-77.scope' })).toBe(true);
  // It has a scope, it is a service, or somebody has put it there.
  for (const unit of ['tspm-0123-7-abc.scope', 'ssh.service', 'run-r5.scope', 'init.scope']) expect(await decide({ unit, lingers: true }), unit).toBe(false);
  expect(await decide({ lingers: true, runtimeFolder: null })).toBe(false);
});
