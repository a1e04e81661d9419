// Loaded into a Node program of a cluster before its own code (`node --require preload.cjs`): its `listen` becomes a place in the
// cluster. The program needs no change and sees none; what it starts itself is left alone.
import { Server } from 'node:net';
import { isMainThread } from 'node:worker_threads';
import { preloadVariable, type PreloadTask } from '../../../shared/model/preload-task.ts';
import { handoffCommand, type ToPreload } from '../preload-protocol.ts';
import { joinByHandoff } from './handoff.ts';
import { captureListen } from './listen.ts';
import { joinShared } from './shared.ts';

const text = process.env[preloadVariable];
delete process.env[preloadVariable];
forgetPreload();
if (text !== undefined && isMainThread && process.send !== undefined) install(JSON.parse(text) as PreloadTask);

function install(task: PreloadTask): void {
  const join = task.mode === 'handoff' ? joinByHandoff(task) : joinShared();
  // A port of 0 is any port: servers that ask for that are private to the program.
  const ports = [task.publicPort, task.ownPort].filter((port) => port > 0);
  captureListen(Server.prototype, ports, join.options, join.listening);
  // Types know no internal messages; Node's own cluster module hears its orders in the same way.
  (process as NodeJS.EventEmitter).on('internalMessage', (message: Partial<ToPreload> | null, handle: unknown) => {
    if (message?.cmd !== handoffCommand) return;
    if (message.type === 'connection') join.connection(handle);
    else if (message.type === 'drain') join.drain();
  });
}

/** What the program forks inherits these arguments, and has no part in the cluster. */
function forgetPreload(): void {
  const at = process.execArgv.indexOf(__filename);
  if (at > 0) process.execArgv.splice(at - 1, 2);
}
