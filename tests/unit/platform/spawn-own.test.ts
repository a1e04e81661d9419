// Real programs and a stand-in for systemd-run: systemd itself cannot be run in a test.
import { chmod, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { homePaths } from '../../../electron/platform/home.ts';
import type { LoginSession } from '../../../electron/platform/login-session.ts';
import { pidExists } from '../../../electron/platform/process-identity.ts';
import { spawnOwn } from '../../../electron/platform/spawn-own.ts';
import { launchDaemon } from '../../../electron/transport/launch.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const program = `
const { writeFileSync } = require('node:fs');
console.log('said');
writeFileSync('seen.json', JSON.stringify({ pid: process.pid, parent: process.ppid, cwd: process.cwd(), args: process.argv.slice(2), kept: process.env.KEPT, runtime: process.env.XDG_RUNTIME_DIR }));
const server = require('node:net').createServer(() => process.exit(0)).listen('tspm.sock');
setTimeout(() => process.exit(0), 20_000);
`;

interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly cwd: string;
  readonly args: readonly string[];
  readonly kept: string;
  readonly runtime: string | undefined;
}

/** `systemdRun`: lines of sh; null: there is no such program. */
async function spawning(systemdRun: string | null, own: Partial<LoginSession> = {}) {
  const folder = await temporaryFolder();
  const [home, bin] = [path.join(folder, 'home'), path.join(folder, 'bin')];
  await Promise.all([home, bin].map((one) => mkdir(one, { mode: 0o700 })));
  const entry = path.join(folder, 'program with a space.cjs');
  await writeFile(entry, program);
  if (systemdRun !== null) {
    await writeFile(path.join(bin, 'systemd-run'), `#!/bin/sh\necho "$@" >> ${folder}/asked\n${systemdRun}\n`);
    await chmod(path.join(bin, 'systemd-run'), 0o755);
  }
  const session: LoginSession = { unit: 'session-3.scope', runtimeFolder: '/run/user/4711', lingers: true, endsProcesses: async () => false, ...own };
  const env = { PATH: `${bin}:/bin`, KEPT: 'yes' };
  const seen = async (): Promise<Seen> => {
    const text = await waitFor(() => readFile(path.join(home, 'seen.json'), 'utf8').then((read) => read || null, () => null), { what: 'the program' });
    const parsed = JSON.parse(text) as Seen;
    onTestFinished(async () => {
      if (pidExists(parsed.pid)) process.kill(parsed.pid, 'SIGKILL');
      await waitFor(() => !pidExists(parsed.pid), { what: 'the program to end' });
    });
    return parsed;
  };
  return {
    home,
    entry,
    session,
    env,
    async start() {
      const log = await open(path.join(home, 'own.log'), 'a');
      const child = await spawnOwn({ args: [entry, 'one', 'two words'], env, home, log: log.fd, session }).finally(() => log.close());
      child.unref();
      return { child, seen: await seen() };
    },
    seen,
    asked: async () => (await readFile(path.join(folder, 'asked'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
    log: () => readFile(path.join(home, 'own.log'), 'utf8'),
  };
}

const becomes = 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"';

describe.skipIf(process.platform !== 'linux')('a program of TSPM in a login session', () => {
  it('starts in a scope of the user manager, in the same process', async () => {
    const own = await spawning(becomes);
    const { child, seen } = await own.start();
    expect(seen).toEqual({ pid: child.pid, parent: process.pid, cwd: own.home, args: ['one', 'two words'], kept: 'yes', runtime: '/run/user/4711' });
    const [options = ''] = await own.asked();
    expect(options).toMatch(/^--user --scope --collect --quiet --unit=tspm-[0-9a-f]{16}-\d+-\w+ --description=TSPM --property=OOMPolicy=continue -- \/bin\/sh -c /);
    expect(await own.log()).toBe('said\n');
  });

  it('does without what an older systemd does not know', async () => {
    const own = await spawning(`case "$*" in *OOMPolicy*) echo "Unknown assignment" >&2; exit 1;; esac\n${becomes}`);
    const { seen } = await own.start();
    expect(seen.runtime).toBe('/run/user/4711');
    expect(await own.asked()).toHaveLength(2);
    expect(await own.log()).toBe('said\n');
  });

  it.each([
    ['there is no bus', 'echo "Failed to connect to bus: No medium found" >&2; exit 1', 2],
    ['there is no systemd-run', null, 0],
    ['it hangs', 'exec sleep 60', 1],
  ])('starts the plain way when %s', async (_what, systemdRun, attempts) => {
    const own = await spawning(systemdRun);
    const { child, seen } = await own.start();
    expect(seen).toMatchObject({ pid: child.pid, cwd: own.home, args: ['one', 'two words'], kept: 'yes' });
    expect(seen.runtime).toBeUndefined();
    expect(await own.asked()).toHaveLength(attempts);
    expect(await own.log()).toBe('said\n');
  });

  it('asks nobody when its place is as good', async () => {
    const own = await spawning(becomes, { lingers: false });
    await own.start();
    expect(await own.asked()).toEqual([]);
  });

  it('is how a daemon is launched', async () => {
    const own = await spawning(becomes);
    await launchDaemon(homePaths({ TSPM_HOME: own.home }), { entry: own.entry, env: own.env, session: own.session });
    await own.seen();
    expect(await own.asked()).toHaveLength(1);
  });
});
