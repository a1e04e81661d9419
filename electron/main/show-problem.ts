// Something the user has to know and nobody else can tell.
import { app, dialog } from 'electron';

export function showProblem(message: string, detail: string): void {
  void app.whenReady().then(() => dialog.showMessageBox({ type: 'error', title: 'TSPM', message, detail, buttons: ['OK'], noLink: true }));
}
