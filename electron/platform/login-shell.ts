// The environment that a user's login shell makes. A desktop gives applications a bare PATH; what the user has set up for programs is in the
// files that a shell reads. As VS Code does, the shell is started as for a terminal and prints what it has come to, with this program's
// runtime, since `env` cannot tell where a value ends.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import path from 'node:path';
import { errorMessage } from '../../shared/model/failure.ts';
import type { Environment } from './own-environment.ts';
import { runAsNode } from './process-identity.ts';
import { sendSignal } from './send-signal.ts';

export interface LoginShellOptions {
  readonly env: Environment;
  /** By default the user's. */
  readonly shell?: string;
  /** Milliseconds; 10 s by default. */
  readonly timeoutMs?: number;
}

/** Set while the shell is asked, so that its files can leave out what takes long. */
const asking = 'TSPM_RESOLVING_ENVIRONMENT';
/**
 * Where NODE_OPTIONS is while the runtime prints: the user's switches, a relative `--require` for one, are for the user's programs, and would
 * keep it from saying anything. The shell starts with an empty one, because some shells fail over a variable that is missing.
 */
const nodeOptions = 'NODE_OPTIONS';
const keptOptions = 'TSPM_KEPT_NODE_OPTIONS';
/** What belongs to the asking, not to the user. */
const passing = [asking, runAsNode, 'ELECTRON_NO_ATTACH_CONSOLE', 'SHLVL', '_', 'PWD', 'OLDPWD', 'TERM', 'DISABLE_AUTO_UPDATE', 'ZSH_TMUX_AUTOSTART', 'ZSH_TMUX_AUTOSTARTED'];
const maxOutputBytes = 4_194_304;

/** A terminal has run the user's shell already. Windows has one environment for all. */
export function needsLoginShell(env: Environment, platform: NodeJS.Platform, isTerminal: boolean): boolean {
  return platform !== 'win32' && !isTerminal && !env['TERM_PROGRAM'] && !env['npm_lifecycle_event'];
}

/** Rejects with an error whose message is for people: the shell failed, said nothing or takes too long. */
export async function loginShellEnvironment({ env, shell = usersShell(env), timeoutMs = 10_000 }: LoginShellOptions): Promise<Record<string, string>> {
  const mark = randomBytes(12).toString('hex');
  const child = spawn(shell, shellArguments(shell, process.execPath, mark), {
    env: { ...env, [nodeOptions]: env[nodeOptions] ?? '', [asking]: '1', [runAsNode]: '1', ELECTRON_NO_ATTACH_CONSOLE: '1', TERM: env['TERM'] ?? 'dumb', DISABLE_AUTO_UPDATE: 'true', ZSH_TMUX_AUTOSTART: 'false', ZSH_TMUX_AUTOSTARTED: 'true' },
    // A session of its own: an interactive shell would stop, or take the terminal away.
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const printed = await answer(child, path.basename(shell), mark, timeoutMs);
  const own = Object.fromEntries(passing.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  const { [keptOptions]: kept, [nodeOptions]: options = '', ...rest } = JSON.parse(printed) as Record<string, string>;
  const resolved = Object.fromEntries(Object.entries(rest).filter(([name]) => !passing.includes(name)));
  const switches = kept ?? options;
  return { ...resolved, ...(switches === '' ? {} : { [nodeOptions]: switches }), ...own };
}

/** What is printed between the two marks. The shell may live on for what its files have started; nobody waits for that. */
function answer(child: ChildProcess, name: string, mark: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const end = (): void => void (child.pid === undefined ? null : sendSignal(child.pid, 'SIGKILL', 'group'));
    process.once('exit', end);
    const timer = setTimeout(() => finish(() => reject(new Error(`the login shell ${name} did not answer within ${timeoutMs / 1000} s`)), true), timeoutMs);
    function finish(settle: () => void, isStuck = false): void {
      clearTimeout(timer);
      process.off('exit', end);
      child.stdout?.destroy();
      child.unref();
      if (isStuck) end();
      settle();
    }
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const [, printed, rest] = output.split(mark);
      if (printed !== undefined && rest !== undefined) finish(() => resolve(printed));
      else if (output.length > maxOutputBytes) finish(() => reject(new Error(`the login shell ${name} prints too much`)), true);
    });
    child.once('error', (error) => finish(() => reject(new Error(`the login shell ${name} could not be started: ${errorMessage(error)}`))));
    child.once('close', (code, signal) => finish(() => reject(new Error(`the login shell ${name} ended with ${code ?? signal ?? 'nothing'} and did not say its environment`))));
  });
}

/** Those that make a shell read what it reads in a terminal, and then print the environment between marks. */
export function shellArguments(shell: string, runtime: string, mark: string): readonly string[] {
  // In two halves: a shell that shows its commands prints no mark by that.
  const halves = `"${mark.slice(0, 8)}" + "${mark.slice(8)}"`;
  const print = `${halves} + JSON.stringify(process.env) + ${halves}`;
  switch (path.basename(shell).replace(/\.exe$/, '')) {
    case 'pwsh':
    case 'powershell':
      return ['-Login', '-Command', `$env:${keptOptions} = $env:${nodeOptions}; $env:${nodeOptions} = ''; & '${runtime.replaceAll("'", "''")}' -p '${print.replaceAll('"', "''")}'`];
    case 'nu':
      return ['-i', '-l', '-c', `$env.${keptOptions} = $env.${nodeOptions}; $env.${nodeOptions} = ''; ^"${runtime.replace(/["\\]/g, '\\$&')}" -p '${print}'`];
    case 'xonsh':
      return ['-i', '-l', '-c', `import os, json; print(${halves} + json.dumps(dict(os.environ)) + ${halves})`];
    case 'csh':
    case 'tcsh':
      return ['-ic', `setenv ${keptOptions} "$${nodeOptions}"; unsetenv ${nodeOptions}; '${runtime.replaceAll("'", "'\\''").replaceAll('!', '\\!')}' -p '${print}'`];
    default:
      return ['-i', '-l', '-c', `${keptOptions}="$${nodeOptions}" ${nodeOptions}= '${runtime.replaceAll("'", "'\\''")}' -p '${print}'`];
  }
}

function usersShell(env: Environment): string {
  const shell = env['SHELL'] || userInfo().shell || '/bin/sh';
  return /\/(?:false|nologin)$/.test(shell) ? '/bin/sh' : shell;
}
