import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['tests/bench/faces/*.measure.ts'], pool: 'forks', reporters: ['default'] } });
