import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { homeId } from '../../../electron/platform/home.ts';
import { homeMarker, processStartTimeSync } from '../../../electron/platform/process-identity.ts';
import { baseProtocol, ourIntroduction } from '../../../shared/model/shim-hello.ts';
import { isGone } from '../../helpers/is-gone.ts';
import { scratchFolders } from '../../helpers/scratch-folders.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { startTestShim } from './shim-in-process.ts';

const forever = 'process.stdout.write("up\\n"); setInterval(() => {}, 1000)';

describe('the life of a child', () => {
  it('is reported with its pid, and ends with its exit code', async () => {
    const shim = await startTestShim();
    shim.sh(1, 'exit 7');
    const { pid } = await shim.heard('spawned');
    expect(pid).toBeGreaterThan(1);
    expect(await shim.heard('exited')).toMatchObject({ id: 'api:0', run: 1, code: 7, signal: null });
  });

  it('ends with the signal that killed it', async () => {
    const shim = await startTestShim();
    shim.sh(1, 'kill -USR1 $$');
    expect(await shim.heard('exited')).toMatchObject({ code: null, signal: 'SIGUSR1' });
  });

  it('happens in a session of its own, with the mark of the home, its own environment and no input', async () => {
    const shim = await startTestShim();
    shim.node(1, 'console.log(JSON.stringify({ env: process.env, stdin: require("fs").readFileSync(0, "utf8"), fds: require("fs").readdirSync("/proc/self/fd").length, stat: require("fs").readFileSync("/proc/self/stat", "utf8") }))', {
      env: { OWN: 'value' },
    });
    const { pid } = await shim.heard('spawned');
    await shim.heard('exited');
    const seen = JSON.parse(shim.out()) as { env: Record<string, string>; stdin: string; stat: string };
    expect(seen.env).toEqual({ OWN: 'value', [homeMarker]: homeId(shim.paths.home) });
    expect(seen.stdin).toBe('');
    const [group, session] = seen.stat.slice(seen.stat.lastIndexOf(')') + 2).split(' ').slice(2);
    expect([group, session]).toEqual([String(pid), String(pid)]);
  });

  it('gets no descriptor of the shim but its three', async () => {
    const shim = await startTestShim();
    shim.sh(1, 'fd=3; while [ $fd -lt 200 ]; do [ -e /proc/$$/fd/$fd ] && echo $fd; fd=$((fd + 1)); done; echo done');
    await shim.heard('exited');
    expect(shim.out()).toBe('done\n');
  });

  it('has a private pid file and stands in the journal, as long as it lasts', async () => {
    const shim = await startTestShim();
    const pidFile = path.join(shim.paths.pids, 'own', 'api.pid');
    shim.node(1, forever, { pidFile });
    const { pid, startTime } = await shim.heard('spawned');
    expect(startTime).toBe(processStartTimeSync(pid));
    await waitFor(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') === `${pid}\n`, { what: 'the pid file' });
    expect(statSync(pidFile).mode & 0o777).toBe(0o600);
    const journal = (): unknown => JSON.parse(readFileSync(shim.paths.shimJournal, 'utf8'));
    const head = { shimPid: process.pid, shimStartTime: processStartTimeSync(process.pid) };
    const full = { ...head, children: [{ id: 'api:0', run: 1, pid, startTime, pidFile }] };
    await waitFor(() => JSON.stringify(journal()) === JSON.stringify(full), { what: 'the journal to name the child' });
    expect(statSync(shim.paths.shimJournal).mode & 0o777).toBe(0o600);
    shim.connection.receive({ type: 'signal', id: 'api:0', run: 1, signal: 'SIGTERM', scope: 'group' });
    expect(await shim.heard('exited')).toMatchObject({ signal: 'SIGTERM' });
    await waitFor(() => !existsSync(pidFile), { what: 'the pid file to go' });
    await waitFor(() => JSON.stringify(journal()) === JSON.stringify({ ...head, children: [] }), { what: 'the journal to be empty' });
  });

  it('is not doubled', async () => {
    const shim = await startTestShim();
    shim.node(1, forever);
    const { pid } = await shim.heard('spawned', 1);
    shim.node(2, forever);
    expect((await shim.heard('spawn-failed', 2)).message).toBe(`run 1 of api:0 still runs (pid ${pid}); a second copy is not started`);
  });

  it('is followed by as many others as one likes, with the same pipes and logs', async () => {
    const shim = await startTestShim();
    const descriptors = (): number => readdirSync('/proc/self/fd').length;
    let after2 = 0;
    for (let run = 1; run <= 30; run += 1) {
      shim.sh(run, `echo run ${run}; printf 'unfinished ${run}'`);
      await shim.heard('exited', run);
      shim.connection.receive({ type: 'acknowledge', id: 'api:0', run });
      if (run === 2) after2 = descriptors();
    }
    await waitFor(() => descriptors() <= after2, { what: 'no descriptor more than after the second run' });
    const runs = Array.from({ length: 30 }, (_, index) => index + 1);
    expect(shim.out()).toBe(runs.map((run) => `run ${run}\nunfinished ${run}\n`).join(''));
  });
});

describe('what cannot be started', () => {
  it.each([
    ['a command that is not in PATH', { command: 'no-such-command' }, 'the command "no-such-command" was not found in any folder of PATH'],
    ['a file that is not there', { command: './no-such-file' }, 'the command "./no-such-file" does not exist'],
    ['a missing working folder', { cwd: '/no/such/folder' }, 'the working folder "/no/such/folder" does not exist'],
    ['a working folder that is a file', { cwd: '/etc/passwd' }, 'the working folder "/etc/passwd" is not a folder'],
    ['a folder', { command: '/tmp' }, '"/tmp" is a folder, not a program'],
    ['a zero byte in an argument', { args: ['a\0b'] }, 'could not be started'],
    ['too many arguments', { args: Array.from({ length: 40 }, () => 'x'.repeat(120_000)) }, 'too long (E2BIG)'],
  ])('%s is explained', async (_, own, message) => {
    const shim = await startTestShim();
    shim.sh(1, 'exit 0', own);
    expect((await shim.heard('spawn-failed', 1)).message).toContain(message);
    shim.sh(2, 'exit 0');
    expect(await shim.heard('exited', 2)).toMatchObject({ code: 0 });
  });

  it('a script without permission, or without its interpreter, is explained', async () => {
    const shim = await startTestShim();
    const script = path.join(shim.paths.home, 'script');
    writeFileSync(script, '#!/no/such/interpreter\n');
    shim.spawn(1, [script]);
    expect((await shim.heard('spawn-failed', 1)).message).toContain('may not be executed');
    chmodSync(script, 0o755);
    shim.spawn(2, [script]);
    expect((await shim.heard('spawn-failed', 2)).message).toContain('names an interpreter in its first line (#!) that does not exist');
  });
});

describe('a process group', () => {
  const family = `${'sleep 1000 & '.repeat(3)} echo $!; wait`;
  const members = (group: number): readonly number[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => {
        try {
          const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
          const [state, , own] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
          return Number(own) === group && state !== 'Z';
        } catch {
          // Ended while we looked.
          return false;
        }
      });

  it('gets a signal as a whole', async () => {
    const shim = await startTestShim();
    shim.sh(1, family);
    const { pid } = await shim.heard('spawned');
    await waitFor(() => shim.out() !== '', { what: 'the family to be complete' });
    expect(members(pid)).toHaveLength(4);
    shim.connection.receive({ type: 'signal', id: 'api:0', run: 1, signal: 'SIGKILL', scope: 'group' });
    await shim.heard('exited');
    await waitFor(() => members(pid).length === 0, { what: 'the whole group to end' });
  });

  it('is reached after the death of its leader, until the exit is acknowledged', async () => {
    const shim = await startTestShim();
    shim.sh(1, family);
    const { pid } = await shim.heard('spawned');
    await waitFor(() => shim.out() !== '', { what: 'the family to be complete' });
    shim.connection.receive({ type: 'signal', id: 'api:0', run: 1, signal: 'SIGKILL', scope: 'process' });
    // At once, although three others hold the pipes.
    await shim.heard('exited');
    expect(members(pid)).toHaveLength(3);
    shim.connection.receive({ type: 'signal', id: 'api:0', run: 1, signal: 'SIGKILL', scope: 'group' });
    await waitFor(() => members(pid).length === 0, { what: 'the whole group to end' });
    shim.connection.receive({ type: 'signal', id: 'api:0', run: 1, signal: 'SIGKILL', scope: 'group' });
    shim.connection.receive({ type: 'acknowledge', id: 'api:0', run: 1 });
  });

  it('is ended as a whole by a shutdown, also without its leader', async () => {
    const shim = await startTestShim();
    shim.sh(1, family);
    shim.sh(1, family, { id: 'other:0' });
    await waitFor(() => shim.out().split('\n').length === 3, { what: 'both families to be complete' });
    const scratch = await waitFor(() => scratchFolders(shim.paths.run), { what: 'a folder for FIFOs' });
    const groups = shim.messages.flatMap((message) => (message.type === 'spawned' ? [message.pid] : []));
    shim.connection.receive({ type: 'signal', id: 'api:0', run: 1, signal: 'SIGKILL', scope: 'process' });
    await shim.heard('exited');
    await shim.shutdown();
    await waitFor(() => groups.flatMap(members).length === 0, { what: 'both groups to end' });
    expect(existsSync(shim.paths.shimJournal)).toBe(false);
    expect(readdirSync(shim.paths.run)).toEqual([]);
    expect(scratch.filter((folder) => existsSync(folder))).toEqual([]);
    expect(readdirSync(shim.paths.pids)).toEqual([]);
  });

  it('leaves no zombie', async () => {
    const shim = await startTestShim();
    for (let run = 1; run <= 20; run += 1) shim.sh(run, 'exit 0', { id: `api:${run}` });
    for (let run = 1; run <= 20; run += 1) await shim.heard('exited', run);
    for (const message of shim.messages) if (message.type === 'spawned') expect(await isGone(message.pid) && !existsSync(`/proc/${message.pid}`)).toBe(true);
  });
});

describe('a supervisor', () => {
  it('finds running children, and exits that nobody has acknowledged, when it comes back', async () => {
    const shim = await startTestShim();
    const go = path.join(shim.paths.home, 'go');
    shim.node(1, forever, { id: 'a:0' });
    shim.sh(1, `while [ ! -e ${go} ]; do :; done; exit 3`, { id: 'b:0' });
    shim.sh(1, 'exit 4', { id: 'c:0' });
    await shim.heard('exited');
    shim.connection.receive({ type: 'acknowledge', id: 'c:0', run: 1 });
    shim.connection.detach();
    writeFileSync(go, '');
    const children = await waitFor(() => {
      const { connection, messages } = shim.connect();
      connection.detach();
      const welcome = messages[0];
      return welcome?.type === 'welcome' && welcome.children.some((child) => child.exit !== null) ? welcome.children : null;
    });
    expect(children).toMatchObject([
      { id: 'a:0', run: 1, exit: null },
      { id: 'b:0', run: 1, exit: { code: 3, signal: null } },
    ]);
    expect(shim.messages.filter((message) => message.type === 'exited')).toHaveLength(1);
  });

  it('is the only one', async () => {
    const shim = await startTestShim();
    const second = shim.connect(baseProtocol, process.ppid);
    expect(second.messages).toEqual([{ type: 'refused', message: `the supervisor with pid ${process.pid} is connected already`, ...ourIntroduction }]);
    second.connection.receive({ type: 'shutdown' });
    shim.sh(1, 'exit 0');
    await shim.heard('exited');
    shim.connection.detach();
    expect(shim.connect().messages).toMatchObject([{ type: 'welcome', version: baseProtocol, pid: process.pid }]);
  });

  it('may come again, when nothing came on its first connection any more', async () => {
    const shim = await startTestShim();
    const again = shim.connect();
    expect(again.messages).toMatchObject([{ type: 'welcome' }]);
    // What was on its way there has been given up.
    shim.sh(1, 'exit 0');
    shim.connection.detach();
    again.connection.receive({ type: 'figures', request: 1, names: [] });
    expect(again.messages.slice(1)).toEqual([{ type: 'figures', request: 1, clusters: [] }]);
  });

  it('may leave on purpose, or be lost', async () => {
    const shim = await startTestShim();
    shim.connection.detach();
    const { connection } = shim.connect();
    connection.receive({ type: 'release' });
    connection.detach();
    expect(shim.departures).toEqual([false, true]);
  });

  it('must speak a protocol that the shim speaks', async () => {
    const shim = await startTestShim();
    shim.connection.detach();
    const { connection, messages } = shim.connect(baseProtocol + 1);
    expect(messages).toMatchObject([{ type: 'refused' }]);
    connection.receive({ type: 'shutdown' });
    expect(shim.connect().messages).toMatchObject([{ type: 'welcome' }]);
  });
});

describe('the home', () => {
  it('has private folders', async () => {
    const shim = await startTestShim();
    for (const folder of [shim.paths.home, shim.paths.logs, shim.paths.pids, shim.paths.run]) expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});
