// The log reader's façade: files are read where they lie, by whoever wants to see them. No engine, no config.
export { readLogs, type LogBeginning, type LogQuery, type LogSink } from './logs/read-logs.ts';
export { notePositions, type LogPositions } from './logs/positions.ts';
export type { LogEntry, LogStream } from './logs/log-entry.ts';
