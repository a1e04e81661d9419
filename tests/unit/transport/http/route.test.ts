import { expect, it } from 'vitest';
import { matchPath } from '../../../../electron/transport/http/route.ts';

const pattern = '/v1/processes/{name}/logs';

it('finds the name in a path', () => {
  expect(matchPath(pattern, '/v1/processes/api/logs')).toBe('api');
  expect(matchPath(pattern, '/v1/processes/api%3A0/logs')).toBe('api:0');
  expect(matchPath('/v1/processes/{name}', '/v1/processes/%40web')).toBe('@web');
  expect(matchPath('/v1/processes', '/v1/processes')).toBe('');
});

it('takes other paths for other paths', () => {
  for (const path of ['/v1/processes/api', '/v1/processes//logs', '/v1/processes/api/logs/', '/v1/processes/a/b/logs', '/v1/clusters/../logs', '/V1/processes/api/logs', '']) expect(matchPath(pattern, path), path).toBeNull();
});

it('refuses what is no name, however it is written', () => {
  for (const name of ['..', '.', '%2e%2e', '..%2f..', '%2F', '%5c', 'a%00', '%0d%0a', '%7f', '%c2%85', '%', '%zz', '%ff', 'x'.repeat(257)]) expect(() => matchPath(pattern, `/v1/processes/${name}/logs`), name).toThrow('name in the path');
});
