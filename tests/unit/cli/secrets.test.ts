import { describe, expect, it } from 'vitest';
import { mask, maskEnvironment, maskValue } from '../../../electron/cli/secrets.ts';

describe('maskValue', () => {
  it.each([
    'API_KEY', 'apikey', 'GITHUB_TOKEN', 'CLIENT_SECRET', 'DB_PASSWORD', 'MYSQL_PWD', 'PGPASSWORD', 'SMTP_PASS', 'BASIC_AUTH', 'AWS_CREDENTIALS',
    'PRIVATE_PEM', 'SENTRY_DSN', 'COOKIE', 'SESSION_ID', 'SLACK_WEBHOOK', 'REQUEST_SIGNATURE', 'passphrase',
  ])('hides %s', (name) => expect(maskValue(name, 'value')).toBe(mask));

  it.each(['PATH', 'HOME', 'PWD', 'OLDPWD', 'NODE_ENV', 'PORT', 'GIT_AUTHOR_NAME', 'SSH_AUTH_SOCK', 'XDG_SESSION_TYPE', 'TLS_KEY_FILE', 'COMPASS'])(
    'shows %s',
    (name) => expect(maskValue(name, 'value')).toBe('value'),
  );

  it('hides only the password of a URL', () => {
    expect(maskValue('DATABASE_URL', 'postgres://app:s3c:r3t@db.example:5432/app')).toBe(`postgres://app:${mask}@db.example:5432/app`);
    expect(maskValue('REDIS', 'redis://:hunter2@cache/0')).toBe(`redis://:${mask}@cache/0`);
    expect(maskValue('BOTH', 'amqp://a:b@x,amqp://c:d@y')).toBe(`amqp://a:${mask}@x,amqp://c:${mask}@y`);
    expect(maskValue('SITE', 'https://example.org/a@b')).toBe('https://example.org/a@b');
  });

  it('shows that a secret is empty', () => expect(maskValue('TOKEN', '')).toBe(''));
});

describe('maskEnvironment', () => {
  it('keeps names and harmless values', () => {
    expect(maskEnvironment({ A: '1', TOKEN: 'x' })).toEqual({ A: '1', TOKEN: mask });
  });
});
