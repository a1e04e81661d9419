// The least a Node parent can do: spawn a child, and spawn it again when it has ended. argv: program, arguments.
import { spawn } from 'node:child_process';

const [program, ...args] = process.argv.slice(2);

function begin() {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.stdout.resume();
  child.stderr.resume();
  child.once('exit', () => {
    if (!leaving) begin();
  });
  current = child;
}

let current;
let leaving = false;
process.once('SIGTERM', () => {
  leaving = true;
  current.kill('SIGKILL');
});
begin();
