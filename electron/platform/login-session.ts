// What systemd does with this program when its user logs out (systemd-logind, logind.conf(5)). A login session has a scope; with
// KillUserProcesses=yes all that is in it ends with it. The user's own manager, and what is in it, ends with the last session, unless
// the user lingers: loginctl enable-linger.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import type { Environment } from './own-environment.ts';

export interface LoginSession {
  /** The unit that this program belongs to, such as session-3.scope. */
  readonly unit: string;
  /** XDG_RUNTIME_DIR of a user whose manager runs; null when none does. */
  readonly runtimeFolder: string | null;
  /** The user's manager stays without a session. */
  readonly lingers: boolean;
  /** Whether the end of a session ends its processes. */
  readonly endsProcesses: () => Promise<boolean>;
}

const askTimeoutMs = 500;

/** null where there is no systemd. */
export function loginSession(env: Environment): LoginSession | null {
  const unit = unitOfProcess('self');
  if (unit === null) return null;
  return { unit, runtimeFolder: runtimeFolder(env), lingers: userLingers() === true, endsProcesses: () => endsProcesses(env) };
}

/** null where there is no systemd that could tell. */
export function userLingers(): boolean | null {
  if (process.platform !== 'linux' || !existsSync('/run/systemd/system')) return null;
  try {
    return existsSync(path.join('/var/lib/systemd/linger', userInfo().username));
  } catch {
    // A user without a name has no say there.
    return null;
  }
}

/**
 * Whether a scope of the user's manager outlives more than this program's place does. A session that may leave processes behind is left
 * alone when the user does not linger: it keeps the user's manager, and everything else, until they end.
 */
export async function scopeIsBetter({ unit, runtimeFolder, lingers, endsProcesses }: LoginSession): Promise<boolean> {
  if (runtimeFolder === null) return false;
  // What a desktop makes for an application or a terminal's tab; in a service, or a scope that somebody made on purpose, TSPM stays.
  if (/^(?:session|app|vte-spawn|tmux-spawn)-.*\.scope$/.test(unit) && lingers) return true;
  return /^session-.*\.scope$/.test(unit) && (await endsProcesses());
}

/** cgroups(7): of the hierarchy that systemd keeps, in version 2 (0::) or 1. */
export function unitOf(cgroups: string): string | null {
  const line = /^0::(\/.+)$/m.exec(cgroups) ?? /^\d+:name=systemd:(\/.+)$/m.exec(cgroups);
  return line === null ? null : path.basename(line[1] ?? '');
}

/** null where there is no systemd, or no such process. */
export function unitOfProcess(pid: number | 'self'): string | null {
  try {
    return process.platform === 'linux' ? unitOf(readFileSync(`/proc/${pid}/cgroup`, 'utf8')) : null;
  } catch {
    return null;
  }
}

function runtimeFolder(env: Environment): string | null {
  const folder = env['XDG_RUNTIME_DIR'] || `/run/user/${process.getuid?.() ?? 0}`;
  return existsSync(path.join(folder, 'systemd/private')) ? folder : null;
}

function endsProcesses(env: Environment): Promise<boolean> {
  const property = ['get-property', 'org.freedesktop.login1', '/org/freedesktop/login1', 'org.freedesktop.login1.Manager', 'KillUserProcesses'];
  return new Promise((resolve) => {
    execFile('busctl', property, { env: { ...env }, timeout: askTimeoutMs }, (error, answer) => resolve(error === null && answer.trim() === 'b true'));
  });
}
