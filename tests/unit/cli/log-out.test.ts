import { expect, it } from 'vitest';
import { logOutWords } from '../../../electron/cli/log-out.ts';

it('says what a log-out does, and what to do about it', () => {
  expect(logOutWords(false, 'session-3.scope')).toContain('loginctl enable-linger');
  expect(logOutWords(true, 'session-3.scope')).toContain('tspm kill, then start again');
  expect(logOutWords(true, 'tspm-0123-7-abc.scope')).toBe('the services run on (linger is on)');
  expect(logOutWords(true, null)).toBe('the services run on (linger is on)');
});
