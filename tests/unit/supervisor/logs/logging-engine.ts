// An engine without a data plane whose instances log what a test writes, and streams of these logs.
import { createStoppableClock } from '../../../../electron/supervisor/stoppable-clock.ts';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { homePaths } from '../../../../electron/platform/home.ts';
import { createCompressor } from '../../../../electron/shim/compressor.ts';
import { Disk } from '../../../../electron/shim/disk.ts';
import { LogFile } from '../../../../electron/shim/log-file.ts';
import type { LogFileWriter } from '../../../../electron/shim/log-writer.ts';
import type { LogFileRules } from '../../../../electron/shim/rotating-file.ts';
import { Engine } from '../../../../electron/supervisor/engine.ts';
import { createInstancePorts } from '../../../../electron/supervisor/instance-ports.ts';
import type { Instance } from '../../../../electron/supervisor/lifecycle/instance.ts';
import { applySpec, dropInstance } from '../../../../electron/supervisor/registry/apply-spec.ts';
import { logTarget } from '../../../../electron/supervisor/registry/instance-files.ts';
import { logsTopic } from '../../../../electron/supervisor/topics/logs.ts';
import type { LogEntry } from '../../../../shared/contract/logs.ts';
import type { ProcessSpec } from '../../../../shared/contract/spec.ts';
import type { TopicHandlers, TopicMessage } from '../../../../shared/contract/topics.ts';
import { systemClock } from '../../../../shared/model/clock.ts';
import { makeSpec } from '../../../helpers/specs.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';

export type LogMessage = TopicMessage<'logs'>;

export interface LogSubscription {
  /** All that came, in order. */
  readonly messages: LogMessage[];
  /** The next message; null when the stream has ended. */
  next(): Promise<LogMessage | null>;
  /** Reads until so many entries have come, and gives their texts. */
  read(count: number): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export interface LoggingEngine {
  readonly engine: Engine;
  readonly logs: string;
  /** Brings instances into the list, and tells of them. */
  add(spec: Partial<ProcessSpec>): readonly Instance[];
  remove(name: string): void;
  file(name: string, instance?: number, stream?: 'out' | 'err'): string;
  subscribe(input: Partial<Parameters<TopicHandlers['logs']>[0]>, after?: string | null, signal?: AbortSignal): LogSubscription;
  /** A log as the shim writes it; rotated files are compressed at once. */
  shimLog(file: string, rules?: Partial<LogFileRules>): LogFile;
}

/** `at`: the folder of an engine that was there before. */
export async function loggingEngine(at?: string): Promise<LoggingEngine> {
  const folder = at ?? (await temporaryFolder());
  const paths = homePaths({ TSPM_HOME: folder });
  await mkdir(paths.logs, { recursive: true });
  const engine = new Engine({ paths, clock: createStoppableClock(systemClock), random: Math.random, log: () => undefined, preload: '', environment: async () => ({}) }, createInstancePorts);
  const topic = logsTopic(engine);
  return {
    engine,
    logs: paths.logs,
    add(own) {
      const { added } = applySpec(engine, makeSpec(own), '');
      for (const instance of added) engine.announce(instance);
      return added;
    },
    remove(name) {
      for (const instance of engine.list.get(name)?.instances.slice() ?? []) dropInstance(engine, instance);
    },
    file: (name, instance = 0, stream = 'out') => {
      const found = engine.list.instances().find((one) => one.spec.name === name && one.instance === instance);
      return found === undefined ? path.join(paths.logs, `${name}-${instance}.${stream}.log`) : logTarget(paths, found.spec, instance)[stream];
    },
    subscribe(input, after = null, signal = new AbortController().signal) {
      const iterator = topic({ selectors: ['all'], lines: 100, streams: ['out', 'err'], follow: true, ...input }, { after, signal })[Symbol.asyncIterator]();
      const messages: LogMessage[] = [];
      const next = async (): Promise<LogMessage | null> => {
        const result = await iterator.next();
        if (result.done === true) return null;
        messages.push(result.value);
        return result.value;
      };
      const stop = async (): Promise<void> => {
        await iterator.return?.();
      };
      onTestFinished(stop);
      return {
        messages,
        next,
        stop,
        async read(count) {
          while (textsOf(messages).length < count) if ((await next()) === null) break;
          return textsOf(messages);
        },
      };
    },
    shimLog(file, rules = {}) {
      const complain = (text: string): never => {
        throw new Error(text);
      };
      const disk = new Disk(systemClock);
      const compressor = createCompressor(systemClock, 0, disk, complain);
      const log = new LogFile(file, { maxSizeBytes: 1 << 20, maxFiles: 100, maxAgeMs: null, compress: false, ...rules }, { clock: systemClock, disk, compressor, budget: { used: 0 }, log: complain });
      const writer: LogFileWriter = { listener: { onLoss: complain, onResumed: () => undefined }, onPressure: () => undefined, note: (text) => Buffer.from(`${text}\n`) };
      log.join(writer);
      onTestFinished(async () => {
        log.leave(writer);
        await log.settled();
        compressor.close();
      });
      return log;
    },
  };
}

export function entriesOf(messages: readonly LogMessage[]): readonly LogEntry[] {
  return messages.flatMap((message) => ('change' in message ? message.change.entries : []));
}

export function textsOf(messages: readonly LogMessage[]): readonly string[] {
  return entriesOf(messages).map(({ message }) => message);
}

/** `line 3`, `line 4`, … as they are in a file. */
export function numbered(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => `line ${from + index}\n`).join('');
}

export function numberedTexts(from: number, to: number): readonly string[] {
  return numbered(from, to).split('\n').slice(0, -1);
}
