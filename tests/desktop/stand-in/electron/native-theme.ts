// nativeTheme of the stand-in: the application's wish over the system's theme, which the test sets.
import { EventEmitter } from 'node:events';
import type { NativeTheme } from 'electron';
import { withoutTheRest } from '../values/without-the-rest.ts';

type Source = NativeTheme['themeSource'];

class StandInNativeTheme extends EventEmitter implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors' | 'shouldUseHighContrastColors'> {
  readonly shouldUseHighContrastColors = false;
  private source: Source = 'system';
  private systemIsDark = false;

  get themeSource(): Source {
    return this.source;
  }

  set themeSource(source: Source) {
    this.change(() => (this.source = source));
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'system' ? this.systemIsDark : this.source === 'dark';
  }

  /** The system's own theme, as the person at the machine sets it. */
  setSystemTheme(dark: boolean): void {
    this.change(() => (this.systemIsDark = dark));
  }

  private change(apply: () => void): void {
    const before = this.shouldUseDarkColors;
    apply();
    if (this.shouldUseDarkColors !== before) this.emit('updated');
  }
}

export const nativeTheme = withoutTheRest('nativeTheme', new StandInNativeTheme());
