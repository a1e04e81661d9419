// The desktop application: main process, preload and the pages, which the browser dashboard serves too.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      lib: { entry: 'electron/main/main.ts', formats: ['cjs'] },
      rollupOptions: { external: ['electron'], output: { entryFileNames: 'main.cjs' } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      lib: { entry: 'electron/preload/preload.ts', formats: ['cjs'] },
      rollupOptions: { external: ['electron'], output: { entryFileNames: 'preload.cjs' } },
    },
  },
  // Served under app:// and http:// alike, hence relative paths; for the browsers of the day, not only for Electron's.
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      target: 'es2022',
      cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
});
