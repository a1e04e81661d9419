// The home that this application would use, and why it must not, before anything is written.
import { app, dialog } from 'electron';
import type { HomePaths } from '../../shared/model/home.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import { homePaths } from '../platform/home.ts';
import { checkHome } from '../platform/trust/check-home.ts';

export interface OwnHome {
  readonly paths: HomePaths;
  /** null when the home may be used. */
  readonly problem: string | null;
}

export function ownHome(): OwnHome {
  try {
    const paths = homePaths();
    try {
      checkHome(paths);
      return { paths, problem: null };
    } catch (error) {
      return { paths, problem: errorMessage(error) };
    }
  } catch (error) {
    // No place for one: this one is only named.
    return { paths: homePaths({ TSPM_HOME: 'nowhere' }), problem: errorMessage(error) };
  }
}

/** Says why in a window and on stderr, and ends the application. */
export function refuseToStart(problem: string): void {
  process.stderr.write(`TSPM cannot start: ${problem}\n`);
  void app
    .whenReady()
    .then(() => dialog.showMessageBox({ type: 'error', title: 'TSPM', message: 'TSPM cannot start', detail: problem, buttons: ['OK'], noLink: true }))
    .finally(() => app.exit(1));
}
