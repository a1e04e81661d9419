// Events whose course a listener may stop. As in Electron, only what a listener does before it returns counts.
import type { EventEmitter } from 'node:events';

/** Emits, and says whether a listener has called `preventDefault` at once. */
export function emitPreventable(emitter: EventEmitter, name: string, details: object = {}, ...rest: readonly unknown[]): boolean {
  let open = true;
  let prevented = false;
  const event = {
    ...details,
    get defaultPrevented() {
      return prevented;
    },
    preventDefault() {
      if (open) prevented = true;
    },
  };
  emitter.emit(name, event, ...rest);
  open = false;
  return prevented;
}
