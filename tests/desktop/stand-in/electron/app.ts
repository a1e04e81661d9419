// app of the stand-in: start, single instance, and the order in which an application quits.
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import type { App } from 'electron';
import { withoutTheRest } from '../values/without-the-rest.ts';
import { findPackage, type Package } from './application-package.ts';
import { emitPreventable } from './events.ts';
import { claimSingleInstance, type Claim } from './single-instance.ts';

type LoginItem = Pick<Electron.LoginItemSettings, 'openAtLogin'>;

/** What the app has to know of windows when it quits. */
export interface Windows {
  count(): number;
  /** Asks each to close; one that refuses ends the quitting. */
  closeAll(): void;
  destroyAll(): void;
}

export class StandInApp
  extends EventEmitter
  implements
    Pick<
      App,
      | 'whenReady' | 'isReady' | 'quit' | 'exit' | 'requestSingleInstanceLock' | 'hasSingleInstanceLock' | 'releaseSingleInstanceLock' | 'getVersion' | 'getName' | 'setName' | 'getAppPath'
      | 'setPath' | 'setLoginItemSettings' | 'setAppUserModelId' | 'enableSandbox' | 'disableHardwareAcceleration' | 'isPackaged' | 'name' | 'focus' | 'setDesktopName' | 'getLocale'
    >
{
  readonly isPackaged = false;
  /** macOS only, as in Electron. */
  readonly dock = undefined;
  readonly commandLine = withoutTheRest('app.commandLine', { appendSwitch: () => undefined, hasSwitch: () => false, getSwitchValue: () => '' });
  private readonly ready: Promise<void>;
  private readyNow = false;
  private quitting = false;
  private windows: Windows | null = null;
  private claim: Claim | null = null;
  private loginItem: LoginItem = { openAtLogin: false };
  private readonly paths = new Map<string, string>();
  private readonly package: Package;
  name: string;

  constructor(main: string) {
    super();
    this.package = findPackage(path.dirname(main));
    this.name = this.package.name;
    // Electron becomes ready some time after the main script has run to its end.
    this.ready = new Promise((resolve) =>
      setImmediate(() => {
        this.readyNow = true;
        this.emit('will-finish-launching');
        this.emit('ready', {}, {});
        resolve();
      }),
    );
  }

  attach(windows: Windows): void {
    this.windows = windows;
  }

  whenReady(): Promise<void> {
    return this.ready;
  }

  isReady(): boolean {
    return this.readyNow;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return this.package.version;
  }

  getAppPath(): string {
    return this.package.folder;
  }

  getLocale(): string {
    return 'en-US';
  }

  getPath(name: string): string {
    const known = this.paths.get(name) ?? this.defaultPath(name);
    if (known === null) throw new Error(`Failed to get '${name}' path`);
    if (name === 'userData' || name === 'logs' || name === 'sessionData') mkdirSync(known, { recursive: true });
    return known;
  }

  setPath(name: string, folder: string): void {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    this.paths.set(name, folder);
  }

  private defaultPath(name: string): string | null {
    const config = process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config');
    switch (name) {
      case 'home':
        return homedir();
      case 'appData':
        return config;
      case 'userData':
      case 'sessionData':
        return this.paths.get('userData') ?? path.join(config, this.name);
      case 'logs':
        return path.join(this.getPath('userData'), 'logs');
      case 'temp':
        return tmpdir();
      case 'exe':
        return process.execPath;
      default:
        return null;
    }
  }

  requestSingleInstanceLock(additionalData?: Record<PropertyKey, unknown>): boolean {
    if (this.claim?.isFirst === true) return true;
    const announcement = { argv: process.argv, workingDirectory: process.cwd(), additionalData: additionalData ?? null };
    this.claim = claimSingleInstance(this.getPath('userData'), announcement, (other) => this.emit('second-instance', {}, other.argv, other.workingDirectory, other.additionalData));
    return this.claim.isFirst;
  }

  hasSingleInstanceLock(): boolean {
    return this.claim?.isFirst === true;
  }

  releaseSingleInstanceLock(): void {
    if (this.claim?.isFirst === true) this.claim.release();
    this.claim = null;
  }

  setLoginItemSettings(settings: Partial<LoginItem>): void {
    this.loginItem = { openAtLogin: settings.openAtLogin ?? false };
  }

  getLoginItemSettings(): LoginItem & { readonly wasOpenedAtLogin: boolean } {
    return { ...this.loginItem, wasOpenedAtLogin: false };
  }

  setAppUserModelId(): void {}
  setDesktopName(): void {}
  enableSandbox(): void {}
  disableHardwareAcceleration(): void {}
  focus(): void {}

  quit(): void {
    if (this.quitting) return;
    this.quitting = !emitPreventable(this, 'before-quit');
    if (!this.quitting) return;
    if (this.windows === null || this.windows.count() === 0) this.finish();
    else this.windows.closeAll();
  }

  exit(code = 0): void {
    this.quitting = true;
    this.windows?.destroyAll();
    this.end(code);
  }

  /** A window has refused to close. */
  quitRefused(): void {
    this.quitting = false;
  }

  /** The last window is gone. */
  allWindowsClosed(): void {
    if (this.quitting) this.finish();
    // Without a listener Electron quits of its own accord.
    else if (!this.emit('window-all-closed')) this.quit();
  }

  private finish(): void {
    if (emitPreventable(this, 'will-quit')) this.quitting = false;
    else this.end(0);
  }

  private end(code: number): void {
    this.emit('quit', {}, code);
    const delivered = this.claim?.isFirst === false ? this.claim.delivered : Promise.resolve();
    this.releaseSingleInstanceLock();
    void delivered.catch((error: unknown) => process.stderr.write(`stand-in: the first instance does not answer: ${String(error)}\n`)).then(() => process.exit(code));
  }
}
