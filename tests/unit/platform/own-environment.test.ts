import { expect, it } from 'vitest';
import { engineEnvironment } from '../../../electron/platform/engine-process.ts';
import { ownEnvironment } from '../../../electron/platform/own-environment.ts';
import { homeMarker } from '../../../electron/platform/process-identity.ts';

const user = { PATH: '/bin', HTTPS_PROXY: 'http://proxy', LD_LIBRARY_PATH: '/opt/lib', NODE_EXTRA_CA_CERTS: '/ca.pem', LD_PRELOADED: 'kept' };

it('leaves out what changes how a runtime runs, and nothing else', () => {
  const switches = ['NODE_OPTIONS', 'NODE_PATH', 'NODE_V8_COVERAGE', 'NODE_DEBUG', 'NODE_CHANNEL_FD', 'NODE_COMPILE_CACHE', 'UV_THREADPOOL_SIZE', 'BUN_INSPECT', 'ELECTRON_RUN_AS_NODE', 'LD_PRELOAD', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES', 'Node_Options'];
  const mixed = { ...user, ...Object.fromEntries(switches.map((name) => [name, './x'])) };
  expect(ownEnvironment(mixed)).toEqual(user);
});

it('makes no engine that belongs to the service that started it', () => {
  expect(engineEnvironment({ ...user, [homeMarker]: 'other', TSPM_HOME: '/other', NODE_OPTIONS: '-r ./x' }, '/home')).toEqual({ ...user, TSPM_HOME: '/home', MALLOC_ARENA_MAX: '1' });
});
