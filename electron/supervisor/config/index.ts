// The config module as others see it.
export { findConfig } from './find-config.ts';
export type { ProblemFormat } from './format-problems.ts';
export { formatProblems } from './format-problems.ts';
export type { LoadOptions } from './load-config.ts';
export { loadConfig } from './load-config.ts';
export type { ConfigProblem, LoadResult } from './problem.ts';
export { resolveProgram } from './resolve-program.ts';
export type { Runtime } from './runtime.ts';
export { currentRuntime } from './runtime.ts';
export { sampleConfig } from './sample.ts';
