// Real shells where they are installed, and stand-ins for what shells of users do.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loginShellEnvironment, needsLoginShell, shellArguments } from '../../../electron/platform/login-shell.ts';
import { pidExists } from '../../../electron/platform/process-identity.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';

async function home(files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
    await chmod(path.join(folder, name), 0o755);
  }
  return { folder, env: { HOME: folder, PATH: '/usr/bin:/bin', ADA: 'lovelace', SHLVL: '3' } };
}

describe.skipIf(process.platform === 'win32')('the login shell', () => {
  it.each([
    ['/bin/bash', { '.bash_profile': 'export PATH="/opt/own bin:$PATH"\n. ~/.bashrc\n', '.bashrc': 'echo "Welcome, it is $(date)!"\ncase $- in *i*) export KIND=interactive;; esac\n' }],
    ['/bin/sh', { '.profile': 'echo banner\nexport PATH="/opt/own bin:$PATH" KIND=interactive\nset -x\n' }],
    ['/usr/bin/zsh', { '.zprofile': 'export PATH="/opt/own bin:$PATH"\n', '.zshrc': 'echo banner\nexport KIND=interactive\n' }],
    ['/usr/bin/fish', { '.config/fish/config.fish': 'set -gx PATH "/opt/own bin" $PATH\nset -gx KIND interactive\n' }],
    ['/usr/bin/tcsh', { '.tcshrc': 'setenv PATH "/opt/own bin:$PATH"\nsetenv KIND interactive\necho banner\n' }],
  ])('%s says what its files make of the environment', async (shell, files) => {
    if (!existsSync(shell)) return console.log(`skipped: there is no ${shell}`);
    const { env } = await home({ ...files });
    const resolved = await loginShellEnvironment({ env: { ...env, GREETING: 'a "quoted"\nvalue' }, shell });
    expect(resolved).toMatchObject({ KIND: 'interactive', GREETING: 'a "quoted"\nvalue', ADA: 'lovelace', SHLVL: '3' });
    expect(resolved['PATH']?.split(':')[0]).toBe('/opt/own bin');
    expect(Object.keys(resolved).filter((name) => /RESOLVING|ELECTRON|^TERM$|ZSH_TMUX|^_$/.test(name))).toEqual([]);
  });

  it.each([
    ['/bin/bash', '.bash_profile', 'export NODE_OPTIONS='],
    ['/bin/sh', '.profile', 'set -u\nexport NODE_OPTIONS='],
    ['/usr/bin/zsh', '.zshrc', 'export NODE_OPTIONS='],
    ['/usr/bin/fish', '.config/fish/config.fish', 'set -gx NODE_OPTIONS '],
    ['/usr/bin/tcsh', '.tcshrc', 'setenv NODE_OPTIONS '],
    ['/bin/csh', '.cshrc', 'setenv NODE_OPTIONS '],
  ])('%s says switches for Node as well, and the runtime that prints has none of them', async (shell, file, begin) => {
    if (!existsSync(shell)) return console.log(`skipped: there is no ${shell}`);
    const value = '--require ./nowhere.cjs --title="a b"';
    const { env } = await home({ [file]: `${begin}'${value}'\n` });
    const resolved = await loginShellEnvironment({ env, shell });
    expect(resolved['NODE_OPTIONS']).toBe(value);
    expect(Object.keys(resolved).filter((name) => name.startsWith('TSPM_'))).toEqual([]);
    const without = await home({ [file]: begin.startsWith('set -u') ? 'set -u\n' : '' });
    expect(await loginShellEnvironment({ env: without.env, shell })).not.toHaveProperty('NODE_OPTIONS');
    expect(await loginShellEnvironment({ env: { ...without.env, NODE_OPTIONS: '--no-warnings' }, shell })).toMatchObject({ NODE_OPTIONS: '--no-warnings' });
  });

  it.each(['/bin/bash', '/usr/bin/zsh', '/usr/bin/fish', '/usr/bin/tcsh', '/bin/csh'])('%s runs a runtime with any name', async (shell) => {
    if (!existsSync(shell)) return console.log(`skipped: there is no ${shell}`);
    const { folder, env } = await home({ "it's $HOME!1/node": `#!/bin/sh\nexec '${process.execPath}' "$@"\n` });
    const { status, stdout } = spawnSync(shell, [...shellArguments(shell, path.join(folder, "it's $HOME!1/node"), '0123456789abcdef')], { env: { ...env, NODE_OPTIONS: '' }, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toContain('0123456789abcdef{');
  });

  it('does not wait for what its files leave running', async () => {
    const { folder, env } = await home({ '.bash_profile': 'sleep 30 &\necho $! > "$HOME/pid"\nexport KIND=ready\n' });
    const began = performance.now();
    expect(await loginShellEnvironment({ env, shell: '/bin/bash' })).toMatchObject({ KIND: 'ready' });
    expect(performance.now() - began).toBeLessThan(15_000);
    process.kill(Number(await readFile(path.join(folder, 'pid'), 'utf8')));
  });

  it('that hangs is ended with all it has started, and named', async () => {
    const { folder, env } = await home({ slow: '#!/bin/sh\necho $$ > "$HOME/pid"\nsleep 60\n' });
    await expect(loginShellEnvironment({ env, shell: path.join(folder, 'slow'), timeoutMs: 500 })).rejects.toThrow('the login shell slow did not answer within 0.5 s');
    const pid = Number(await readFile(path.join(folder, 'pid'), 'utf8'));
    await waitFor(() => !pidExists(-pid), { what: 'the shell and what it runs to end' });
  });

  it.each([
    ['fails', '#!/bin/sh\nexit 3\n', 'ended with 3 and did not say its environment'],
    ['says nothing', '#!/bin/sh\necho hello\n', 'ended with 0 and did not say its environment'],
    ['prints for ever', '#!/bin/sh\nexec yes\n', 'prints too much'],
    ['is no program', 'x', 'could not be started|ended with'],
  ])('that %s is an error in words', async (_what, program, words) => {
    const { folder, env } = await home({ odd: program });
    await expect(loginShellEnvironment({ env, shell: path.join(folder, 'odd') })).rejects.toThrow(new RegExp(`the login shell odd (?:${words})`));
  });

  it('that is not there is an error in words', async () => {
    await expect(loginShellEnvironment({ env: {}, shell: '/nowhere/zsh' })).rejects.toThrow('the login shell zsh could not be started');
  });
});

it('each kind of shell is asked in its own words', () => {
  const mark = '0123456789abcdef';
  expect(shellArguments('/bin/zsh', "/it's/node", mark)).toEqual(['-i', '-l', '-c', `TSPM_KEPT_NODE_OPTIONS="$NODE_OPTIONS" NODE_OPTIONS= '/it'\\''s/node' -p '"01234567" + "89abcdef" + JSON.stringify(process.env) + "01234567" + "89abcdef"'`]);
  expect(shellArguments('/bin/tcsh', '/node', mark)[0]).toBe('-ic');
  expect(shellArguments('/bin/csh', "/it's!/node", mark).at(-1)).toContain(`unsetenv NODE_OPTIONS; '/it'\\''s\\!/node' -p '`);
  expect(shellArguments('/usr/bin/nu', `/it's "a"/node`, mark).at(-1)).toContain(`$env.NODE_OPTIONS = ''; ^"/it's \\"a\\"/node" -p '`);
  expect(shellArguments('/usr/bin/pwsh', "/it's/node", mark)).toEqual(['-Login', '-Command', `$env:TSPM_KEPT_NODE_OPTIONS = $env:NODE_OPTIONS; $env:NODE_OPTIONS = ''; & '/it''s/node' -p '''01234567'' + ''89abcdef'' + JSON.stringify(process.env) + ''01234567'' + ''89abcdef'''`]);
  for (const shell of ['/bin/bash', '/usr/bin/fish', '/usr/bin/xonsh', '/usr/bin/nu', '/usr/bin/pwsh']) expect(shellArguments(shell, '/node', mark).join(' ')).not.toContain(mark);
});

it('is asked only where a desktop has started the application', () => {
  expect(needsLoginShell({ PATH: '/bin' }, 'darwin', false)).toBe(true);
  expect(needsLoginShell({ PATH: '/bin', TERM: 'dumb' }, 'linux', false)).toBe(true);
  expect(needsLoginShell({ PATH: '/bin' }, 'linux', true)).toBe(false);
  expect(needsLoginShell({ TERM_PROGRAM: 'iTerm.app' }, 'darwin', false)).toBe(false);
  expect(needsLoginShell({ npm_lifecycle_event: 'start' }, 'linux', false)).toBe(false);
  expect(needsLoginShell({}, 'win32', false)).toBe(false);
});
