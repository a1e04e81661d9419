// Signals to a child or to its whole process group, on every platform.
import { spawn } from 'node:child_process';
import type { SignalScope } from '../../shared/model/shim-protocol.ts';

export type SignalResult = 'sent' | 'gone' | 'denied';

/**
 * Sends a signal; '0' only asks whether there is someone to get it. With scope `group` the whole process group gets it (every child leads its own).
 * Windows has no signals: any of them ends the process, and `group` its whole tree through taskkill.
 */
export function sendSignal(pid: number, signal: string, scope: SignalScope): SignalResult {
  if (process.platform === 'win32' && scope === 'group') {
    const killer = spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    killer.on('error', () => process.kill(pid));
    return 'sent';
  }
  try {
    process.kill(scope === 'group' ? -pid : pid, signal === '0' ? 0 : (signal as NodeJS.Signals));
    return 'sent';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'denied' : 'gone';
  }
}
