// dialog of the stand-in: a message box stays open until the test answers it.
import type { Dialog, MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import { withoutTheRest } from '../values/without-the-rest.ts';

interface OpenBox {
  readonly id: number;
  readonly options: MessageBoxOptions;
  readonly answer: (value: MessageBoxReturnValue) => void;
}

const open = new Map<number, OpenBox>();
let lastId = 0;

export const openBoxes = (): readonly OpenBox[] => [...open.values()];

export function answerBox(id: number, button: string, checkboxChecked: boolean): void {
  const box = open.get(id);
  const response = box?.options.buttons?.indexOf(button) ?? -1;
  if (box === undefined || response === -1) throw new Error(`no open message box ${id} has a button "${button}"`);
  open.delete(id);
  box.answer({ response, checkboxChecked });
}

const part = {
  showMessageBox(...args: readonly [...rest: object[], options: MessageBoxOptions]) {
    const options = args.at(-1) as MessageBoxOptions;
    const id = ++lastId;
    return new Promise<MessageBoxReturnValue>((answer) => open.set(id, { id, options, answer }));
  },
  showErrorBox(title, content) {
    const id = ++lastId;
    open.set(id, { id, options: { type: 'error', title, message: content, buttons: ['OK'] }, answer: () => undefined });
  },
} satisfies Partial<Dialog>;

export const dialog = withoutTheRest('dialog', part);
