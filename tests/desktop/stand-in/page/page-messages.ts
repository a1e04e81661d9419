// What a window's preload and the stand-in's main process say to each other.

export type FromPage =
  | { readonly type: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: 'invoke'; readonly id: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: 'window-wanted'; readonly url: string; readonly name: string }
  | { readonly type: 'preload-error'; readonly message: string; readonly stack: string };

export type ToPage =
  | { readonly type: 'message'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  /** `error` is what `String(error)` was in the main process: all that Electron carries of it. */
  | { readonly type: 'rejection'; readonly id: number; readonly error: string };
