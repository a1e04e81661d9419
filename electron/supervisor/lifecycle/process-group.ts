// A service is its whole process group: what its first process leaves behind is part of it.
import type { Clock } from '../../../shared/model/clock.ts';
import { sendSignal } from '../../platform/send-signal.ts';

const firstPauseMs = 5;
const longestPauseMs = 50;
/** Killed members that nobody reaps stay visible; after this they are taken for gone. */
const afterKillMs = 1000;

/**
 * Calls `done` once no member of the group is left. With `mayWait` they keep the time that `killTimeoutMs` gives them to
 * end by themselves (they have had their signal); without, they are killed at once, because their first process crashed.
 */
export function whenGroupGone(clock: Clock, group: number, mayWait: boolean, killTimeoutMs: number, done: () => void): void {
  if (!groupAlive(group)) {
    done();
    return;
  }
  let killAt = clock.now() + (mayWait ? killTimeoutMs : 0);
  let killed = false;
  let pauseMs = firstPauseMs;
  const look = (): void => {
    if (!groupAlive(group)) {
      done();
      return;
    }
    if (clock.now() >= killAt) {
      if (killed) {
        done();
        return;
      }
      sendSignal(group, 'SIGKILL', 'group');
      killed = true;
      killAt = clock.now() + afterKillMs;
    }
    clock.after(pauseMs, look);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  };
  look();
}

/** The group's number stays reserved while a member lives, so this cannot mean somebody else. Windows has no groups. */
function groupAlive(group: number): boolean {
  return process.platform !== 'win32' && sendSignal(group, '0', 'group') === 'sent';
}
