// Who may import whom. A folder is a runtime or a layer; ARCHITECTURE.md says why.
const rule = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(electron|shared|renderer|tests)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    rule('shared-imports-itself', '^shared/', ['^shared/']),
    { name: 'shared-model-is-pure', severity: 'error', from: { path: '^shared/' }, to: { dependencyTypes: ['core'] } },
    rule('platform-is-the-bottom', '^electron/platform/', ['^electron/platform/', '^shared/model/']),
    rule('shim-is-tiny', '^electron/shim/', ['^electron/shim/', '^electron/platform/', '^shared/model/']),
    { name: 'shim-uses-built-ins-only', severity: 'error', from: { path: '^electron/(shim|platform)/' }, to: { dependencyTypes: ['npm', 'npm-dev'] } },
    rule('supervisor-knows-no-face', '^electron/supervisor/', ['^electron/supervisor/', '^electron/platform/', '^shared/']),
    { ...rule('faces-use-the-facade', '^electron/(transport|daemon|cli|main|tray)/', ['^electron/supervisor/(index|offline|log-reader)\\.ts$', '^electron/(transport|daemon|cli|main|tray|platform)/', '^shared/']) },
    rule('transport-knows-no-host', '^electron/transport/', ['^electron/supervisor/(index|offline|log-reader)\\.ts$', '^electron/(transport|platform)/', '^shared/']),
    rule('cli-is-a-client', '^electron/cli/', ['^electron/supervisor/(offline|log-reader)\\.ts$', '^electron/(cli|transport|platform)/', '^shared/']),
    rule('renderer-is-a-client', '^renderer/', ['^renderer/', '^shared/']),
    { name: 'renderer-runs-in-a-page', severity: 'error', from: { path: '^renderer/' }, to: { dependencyTypes: ['core'] } },
    rule('preload-is-one-small-file', '^electron/preload/', ['^electron/preload/', '^electron/transport/ipc/channels\\.ts$', '^shared/']),
    {
      name: 'electron-in-the-desktop-only',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/', pathNot: '^electron/(main|tray|preload|transport/ipc)/' },
      to: { path: 'node_modules/electron/' },
    },
    // Everything is bundled, so that packages are development dependencies, and what is installed brings none.
    { name: 'no-unlisted-packages', severity: 'error', from: { path: '^(electron|shared|renderer)/' }, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
    { name: 'nothing-to-install', severity: 'error', from: {}, to: { dependencyTypes: ['npm', 'npm-optional', 'npm-peer', 'npm-bundled'] } },
    { name: 'tools-are-not-bundled', severity: 'error', from: { path: '^(electron|shared|renderer)/' }, to: { dependencyTypes: ['npm-dev'], path: 'node_modules/(@resvg|@seriousme|ajv|axe-core|dbus-next|electron-vite|esbuild|express|fastify|playwright-core|png2icons|tsx|typescript|vitest)/' } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^tests/fixtures/builds/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
