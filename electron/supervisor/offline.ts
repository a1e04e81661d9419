// The part of the supervisor that works without an engine: what a CLI may use directly.
export { readLogs, type LogBeginning, type LogQuery, type LogSink } from './logs/read-logs.ts';
export { notePositions, type LogPositions } from './logs/positions.ts';
export type { LogEntry, LogStream } from './logs/log-entry.ts';
export type { ConfigProblem, LoadOptions, LoadResult, ProblemFormat, Runtime } from './config/index.ts';
export { currentRuntime, findConfig, formatProblems, loadConfig, resolveProgram, sampleConfig } from './config/index.ts';
