// Log entries for tests of the log view.
import type { LogEntry } from '../../../../shared/contract/logs.ts';
import { logLine, type LogLine } from '../../../../renderer/components/log-view/log-line.ts';

export function entry(message: string, over: Partial<LogEntry> = {}): LogEntry {
  return { process: 'api', instance: 0, stream: 'out', time: 0, message, fields: null, ...over };
}

export function lines(count: number, from = 0, message: (sequence: number) => string = (sequence) => `line ${sequence}`): readonly LogLine[] {
  return Array.from({ length: count }, (_, index) => logLine(entry(message(from + index)), from + index));
}
