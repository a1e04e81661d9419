// A service is its whole process group: what its first process leaves behind is part of it.
import type { Clock } from '../../../shared/model/clock.ts';
import { groupExists, groupLives } from '../../platform/process-group.ts';
import { sendSignal } from '../../platform/send-signal.ts';

const firstPauseMs = 5;
const longestPauseMs = 50;
/** What does not go after SIGKILL hangs in the kernel; after this it is taken for gone. */
const afterKillMs = 1000;

/** What is asked of the system, and may fail for a while. */
export interface GroupPort {
  exists(group: number): boolean;
  /** Throws when that cannot be told at the moment. */
  lives(group: number): Promise<boolean>;
  kill(group: number): void;
}

const systemGroups: GroupPort = { exists: groupExists, lives: groupLives, kill: (group) => void sendSignal(group, 'SIGKILL', 'group') };

/**
 * Calls `done` once no member of the group is left. With `mayWait` they keep the time that `killTimeoutMs` gives them to
 * end by themselves (they have had their signal); without, they are killed at once, because their first process crashed.
 */
export function whenGroupGone(clock: Clock, group: number, mayWait: boolean, killTimeoutMs: number, done: () => void, groups = systemGroups): void {
  let killAt = clock.elapsed() + (mayWait ? killTimeoutMs : 0);
  let killed = false;
  let pauseMs = firstPauseMs;
  // What cannot be told (no descriptor is free) is taken for alive: it is asked again, and killed when its time is over.
  const ask = (): void => void groups.lives(group).catch(() => true).then(look);
  const look = (lives: boolean): void => {
    if (!lives || (killed && clock.elapsed() >= killAt)) {
      done();
      return;
    }
    if (clock.elapsed() >= killAt) {
      groups.kill(group);
      killed = true;
      killAt = clock.elapsed() + afterKillMs;
    }
    clock.after(pauseMs, ask);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  };
  // Nearly always nobody is left: then it goes on in the same turn.
  if (groups.exists(group)) ask();
  else done();
}
