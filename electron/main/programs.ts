// Where the files are that the desktop application runs, loads and shows: beside its own bundle.
import path from 'node:path';

export interface Programs {
  readonly shim: string;
  readonly daemon: string;
  /** Loaded into services that are clusters. */
  readonly servicePreload: string;
  readonly windowPreload: string;
  /** Folder of the built pages. */
  readonly pages: string;
  readonly icons: string;
}

/** `folder` is the one of the main bundle. */
export function programsBeside(folder: string): Programs {
  const out = path.dirname(folder);
  // Services and the engine's own programs cannot read inside the archive of a packaged application; packaging/electron-builder.yml puts them beside it.
  const outside = out.replace(/([\\/]app\.asar)(?=[\\/]|$)/, '$1.unpacked');
  return {
    shim: path.join(outside, 'shim.cjs'),
    daemon: path.join(outside, 'daemon.cjs'),
    servicePreload: path.join(outside, 'preload.cjs'),
    windowPreload: path.join(out, 'preload', 'preload.cjs'),
    pages: path.join(outside, 'renderer'),
    icons: path.join(outside, 'icons'),
  };
}
