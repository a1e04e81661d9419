// Bundles the desktop application's main process and preload, and the pages, which the browser dashboard serves too.
import { build } from 'electron-vite';

/** Gives the files that went into them. */
export async function buildDesktop() {
  const files = new Set();
  const noteModules = {
    name: 'note-modules',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) for (const id of Object.keys(output.modules ?? {})) files.add(id);
    },
  };
  await build({ logLevel: 'error', plugins: [noteModules] });
  return files;
}
