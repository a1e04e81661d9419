import { describe, expect, it } from 'vitest';
import { cliHome } from '../helpers/cli-home.ts';

async function runningHome() {
  const home = await cliHome();
  await home.write('tspm.yaml', `processes:\n${Array.from({ length: 5 }, (_, index) => `  - { name: idle-${index}, command: sleep 1000 }\n`).join('')}`);
  await home.json('start');
  return home;
}

describe('the streams of the shell', () => {
  it('a reader that has seen enough is no failure', async () => {
    const { shell, write } = await runningHome();
    expect(await shell('"$TSPM" list | head -1; "$TSPM" list --json | head -c 1; "$TSPM" help | true')).toMatchObject({ code: 0, stderr: '' });
    await write('talk.sh', 'i=0; while [ $i -lt 20000 ]; do echo "line $i which is long enough to fill a pipe soon"; i=$((i+1)); done; sleep 1000\n');
    await shell('"$TSPM" start talk.sh --interpreter sh');
    // bash alone tells the exit code of the first part of a pipe.
    const { stdout, stderr } = await shell(`bash -c '"$0" "$1" logs talk --lines 20000 | head -1; echo "\${PIPESTATUS[0]}"' ${process.execPath} "${'$'}{TSPM}"`);
    expect([stdout.trimEnd().split('\n').at(-1), stderr]).toEqual(['0', '']);
  });

  it('stdin, stdout and stderr may be closed', async () => {
    const { shell } = await runningHome();
    expect(await shell('"$TSPM" list --json <&-')).toMatchObject({ code: 0, stdout: expect.stringContaining('idle-4') });
    expect(await shell('"$TSPM" list >&-')).toMatchObject({ code: 0 });
    expect(await shell('"$TSPM" lsit 2>&-')).toMatchObject({ code: 2, stdout: '' });
  });

  it('colours only for a terminal, or when forced, never with NO_COLOR', async () => {
    const { run, runWith } = await runningHome();
    const escape = '\u001B[';
    expect((await run('list')).stdout).not.toContain(escape);
    expect((await runWith({ FORCE_COLOR: '1' }, 'list')).stdout).toContain(escape);
    expect((await runWith({ FORCE_COLOR: '1', NO_COLOR: '1' }, 'list')).stdout).not.toContain(escape);
    expect((await runWith({ FORCE_COLOR: '1' }, 'lsit')).stderr).toContain(escape);
    expect((await runWith({ FORCE_COLOR: '1' }, 'list', '--json')).stdout).not.toContain(escape);
  });

  it('with --json nothing but JSON is on stdout', async () => {
    const { run } = await runningHome();
    for (const argv of [['list'], ['status'], ['describe', 'idle-0'], ['env', 'idle-0'], ['start'], ['restart', 'idle-1'], ['stop', 'idle-2'], ['version'], ['validate'], ['help']]) {
      const { code, stdout } = await run('--json', ...argv);
      expect(code, argv.join(' ')).toBe(0);
      expect(() => JSON.parse(stdout) as unknown, argv.join(' ')).not.toThrow();
    }
  });
});
