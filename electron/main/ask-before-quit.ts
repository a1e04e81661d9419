// The question before quitting, when the settings say that it is to be asked.
import { dialog } from 'electron';
import type { QuitDecision } from './quit.ts';

const answers: readonly { readonly button: string; readonly decision: QuitDecision }[] = [
  { button: 'Keep running', decision: 'keep' },
  { button: 'Stop all', decision: 'stop' },
  { button: 'Cancel', decision: 'cancel' },
];

export async function askBeforeQuit(running: number): Promise<QuitDecision> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Quit TSPM',
    message: running === 1 ? 'One process runs.' : `${running} processes run.`,
    detail: 'They can go on without this application, looked after in the background.',
    buttons: answers.map(({ button }) => button),
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return answers[response]?.decision ?? 'cancel';
}
