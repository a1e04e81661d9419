// The test's end of the channel to the stand-in's process.
import type { ChildProcess } from 'node:child_process';
import type { Answer, Command, DesktopState, Question } from '../stand-in/control-messages.ts';

export type Control = (command: Command) => Promise<DesktopState>;

export function controlOf(child: ChildProcess): Control {
  const waiting = new Map<number, { readonly resolve: (state: DesktopState) => void; readonly reject: (error: Error) => void }>();
  let lastNumber = 0;

  child.on('message', (answer) => {
    const { standIn, ...rest } = answer as Answer;
    const asked = waiting.get(standIn);
    waiting.delete(standIn);
    if ('state' in rest) asked?.resolve(rest.state);
    else asked?.reject(new Error(rest.error));
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the stand-in has ended'));
    waiting.clear();
  });

  return (command) =>
    new Promise((resolve, reject) => {
      if (!child.connected) return reject(new Error('the stand-in has ended'));
      const question: Question = { standIn: ++lastNumber, command };
      waiting.set(question.standIn, { resolve, reject });
      child.send(question);
    });
}
