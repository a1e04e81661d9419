// Runs a program in this one's place: signals go to it, and it ends with this one.
import { spawn } from 'node:child_process';

export const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const parent = process.ppid;

/** Gives its exit code, whether a signal came for it, and why it could not be started (null when it could). */
export function run(program, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    // It ends in its own time, and this with it. A terminal has told it already, which does no harm.
    let asked = false;
    const passOn = (signal) => {
      asked = true;
      child.kill(signal);
    };
    for (const signal of signals) process.on(signal, passOn);
    // What is run after that is the tidying up.
    const orphaned = process.ppid === parent ? whenOrphaned(() => passOn('SIGTERM')) : undefined;
    const settle = (outcome) => {
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, passOn);
      resolve(outcome);
    };
    child.once('error', (error) => settle({ code: 1, asked, error: error.code ?? error.message }));
    child.once('exit', (code) => settle({ code: code ?? 1, asked, error: null }));
  });
}

/** A SIGTERM to `npm start` ends the shell in between, and goes no further. */
export function whenOrphaned(act) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  return timer;
}
