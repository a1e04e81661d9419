// What works without an engine: configs and the saved list. Loaded only by commands that need it.
export type { ConfigProblem, LoadOptions, LoadResult, ProblemFormat, Runtime } from './config/index.ts';
export { currentRuntime, findConfig, formatProblems, loadConfig, resolveProgram, sampleConfig } from './config/index.ts';
export { readSavedList } from './saved-list.ts';
export { endHome } from './host/end-home.ts';
