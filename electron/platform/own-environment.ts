// The environment of TSPM's own programs. Switches for runtimes and the dynamic linker are meant for the user's programs: a relative
// `--require` in NODE_OPTIONS would crash an engine, which starts in another folder. Services get all of it; the CLI sends it separately.
import { runAsNode } from './process-identity.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Switches of Node, libuv, Bun and Electron, and libraries that are loaded into every program. */
const switches = /^(?:NODE_|UV_|BUN_|ELECTRON_|LD_PRELOAD$|LD_AUDIT$|DYLD_INSERT_LIBRARIES$)/i;

/** Which certificates to trust depends on the network, not on a program. */
const kept = /^NODE_EXTRA_CA_CERTS$/i;

/** What an engine's own environment has for services: all but what was put there for the engine. */
export function inheritable(environment: Environment): Record<string, string> {
  const own = ['MALLOC_ARENA_MAX', 'TSPM_HOME', runAsNode];
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined || own.includes(name) ? [] : [[name, value]])));
}

/** For programs that run in this program's runtime, as Node. */
export function ownEnvironment(environment: Environment): Record<string, string | undefined> {
  const own = Object.fromEntries(Object.entries(environment).filter(([name]) => !switches.test(name) || kept.test(name)));
  return process.versions['electron'] === undefined ? own : { ...own, [runAsNode]: '1' };
}
