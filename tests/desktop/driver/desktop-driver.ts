// What a flow can do with the desktop application, whichever host runs it: the stand-in, or Electron itself.
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { DesktopShell } from '../shell/desktop-shell.ts';

export interface MessageBox {
  readonly message: string;
  readonly buttons: readonly string[];
}

export interface WindowState {
  readonly visible: boolean;
  readonly focused: boolean;
  /** As the application knows it, e.g. `app://tspm/index.html`. */
  readonly url: string;
}

export interface DesktopDriver {
  readonly host: 'stand-in' | 'electron';
  /** The page of the first window, when it has come. */
  page(): Promise<Page>;
  windows(): Promise<readonly WindowState[]>;
  /** Closes the first window as a person does. */
  closeWindow(): Promise<void>;
  /** A panel and a notification service on a private session bus; a text says why there are none. */
  readonly shell: DesktopShell | string;
  /** Waits for a message box, presses a button of it, and gives what it said. */
  answerBox(button: string): Promise<MessageBox>;
  /** Starts the application once more, as a click on its launcher does; gives the exit code of this second one. */
  startAgain(...args: readonly string[]): Promise<number | null>;
  /** Asks the application to quit, as the system does. Does not wait. */
  askToQuit(): Promise<void>;
  /** Resolves with the exit code when it has ended. */
  readonly ended: Promise<number | null>;
  /** `kill -9`. */
  kill(): Promise<void>;
  readonly pid: number;
  /** What it has printed. */
  output(): string;
}

export interface LaunchOptions {
  /** Main script; left out: the built application. Under Electron it is always that. */
  readonly main?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The folder whose package.json names the built main script. */
export const applicationFolder = fileURLToPath(new URL('../../..', import.meta.url));
