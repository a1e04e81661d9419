import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{unit,contract,process,cli,chaos,desktop,e2e}/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/setup/tools.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 3,
    reporters: ['default'],
  },
});
