// What a test and the stand-in's process say to each other over Node's own channel between parent and child.

export interface WindowState {
  readonly id: number;
  /** DevTools' name of its page; null until Chromium has made it. */
  readonly targetId: string | null;
  readonly url: string;
  readonly title: string;
  /** The present document has finished loading. */
  readonly loaded: boolean;
  readonly visible: boolean;
  readonly focused: boolean;
  readonly minimized: boolean;
}

export interface MessageBox {
  readonly id: number;
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

export interface DesktopState {
  readonly ready: boolean;
  /** DevTools of the browser, once there is a window. */
  readonly endpoint: string | null;
  readonly browserPid: number | null;
  readonly windows: readonly WindowState[];
  readonly boxes: readonly MessageBox[];
  readonly opened: readonly string[];
  readonly openAtLogin: boolean;
  readonly userData: string;
  /** What went wrong where Electron would only print it. */
  readonly failures: readonly string[];
}

export type Command =
  | { readonly name: 'state' }
  | { readonly name: 'quit' }
  | { readonly name: 'activate' }
  | { readonly name: 'answer'; readonly box: number; readonly button: string; readonly checkboxChecked: boolean }
  | { readonly name: 'closeWindow'; readonly window: number }
  | { readonly name: 'systemTheme'; readonly dark: boolean };

export interface Question {
  readonly standIn: number;
  readonly command: Command;
}

export type Answer = { readonly standIn: number; readonly state: DesktopState } | { readonly standIn: number; readonly error: string };
