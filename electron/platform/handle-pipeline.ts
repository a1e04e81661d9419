// Node sends one handle to a child at a time and keeps the next until the child has answered: with short connections both sides mostly
// wait for each other. The order of a channel and its flow control need no such pause, so it is taken out. All knowledge of how
// is in this file; where Node keeps its queue elsewhere, nothing changes and handles go one by one.
import type { ChildProcess } from 'node:child_process';

export interface HandlePipeline {
  /** Like `child.send`, without a pause between handles. */
  send(message: object, handle?: unknown): void;
}

/** To be used for everything that is sent to this child from then on. A failure to send is followed by the child's exit. */
export function pipelineHandles(child: ChildProcess): HandlePipeline {
  let sending = false;
  // The queue of what waits for an answer: there is never one while we send, and it is empty whenever an answer comes.
  Object.defineProperty(child, '_handleQueue', {
    configurable: true,
    get: () => (sending ? null : []),
    set() {
      // Node puts down here what it would wait with: nothing waits.
    },
  });
  // Types know no raw connections; Node's cluster module sends them in the same way.
  const send = child.send.bind(child) as (message: object, handle: unknown, done: () => void) => void;
  return {
    send(message, handle) {
      sending = true;
      try {
        send(message, handle, () => undefined);
      } finally {
        sending = false;
      }
    },
  };
}
