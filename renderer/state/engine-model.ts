// What a page knows of an engine: a snapshot, and every event after it. Pure; an event that changes nothing returns the same model,
// and what an event does not touch stays the same object, so that only what changed is drawn again.
import type { EngineEvent, EngineSnapshot } from '../../shared/contract/events.ts';
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import type { MetricsSeries, StatusReport } from '../../shared/contract/reports.ts';
import { assertNever } from '../../shared/model/assert-never.ts';
import { appendUsage, noUsage, seedUsage, type UsageHistory } from './usage-history.ts';

export interface EngineModel {
  /** null until the first snapshot has come. */
  readonly status: StatusReport | null;
  /** By id. */
  readonly processes: ReadonlyMap<number, ProcessSnapshot>;
  readonly usage: ReadonlyMap<number, UsageHistory>;
  /** The engine's clock minus the page's, in ms. */
  readonly clockOffsetMs: number;
}

export const emptyModel: EngineModel = { status: null, processes: new Map(), usage: new Map(), clockOffsetMs: 0 };

const maxNotices = 50;

export function withSnapshot(model: EngineModel, snapshot: EngineSnapshot, now: number): EngineModel {
  const processes = new Map<number, ProcessSnapshot>();
  for (const process of snapshot.processes) processes.set(process.id, kept(model.processes.get(process.id), process));
  const usage = new Map([...model.usage].filter(([id]) => processes.has(id)));
  return { status: snapshot.status, processes, usage, clockOffsetMs: snapshot.at - now };
}

export function withEvent(model: EngineModel, event: EngineEvent): EngineModel {
  switch (event.type) {
    case 'process.changed':
      return { ...model, processes: new Map(model.processes).set(event.process.id, event.process) };
    case 'process.removed':
      return { ...model, processes: without(model.processes, event.id), usage: without(model.usage, event.id) };
    case 'usage':
      return { ...model, usage: withSamples(model.usage, event) };
    case 'notice': {
      if (model.status === null) return model;
      return { ...model, status: { ...model.status, notices: [...model.status.notices, event.notice].slice(-maxNotices) } };
    }
    case 'process.exited':
      // The change of state that goes with it is told by `process.changed`.
      return model;
    default:
      return assertNever(event);
  }
}

/** What the engine measured before the page came. */
export function withHistory(model: EngineModel, series: readonly MetricsSeries[]): EngineModel {
  const usage = new Map(model.usage);
  for (const one of series) if (model.processes.has(one.id)) usage.set(one.id, seedUsage(one, usage.get(one.id) ?? noUsage));
  return { ...model, usage };
}

function withSamples(usage: EngineModel['usage'], event: Extract<EngineEvent, { type: 'usage' }>): EngineModel['usage'] {
  const next = new Map(usage);
  for (const { id, cpuPercent, memoryBytes } of event.samples) next.set(id, appendUsage(next.get(id) ?? noUsage, event.at, cpuPercent, memoryBytes));
  return next;
}

function without<Value>(map: ReadonlyMap<number, Value>, id: number): ReadonlyMap<number, Value> {
  if (!map.has(id)) return map;
  const next = new Map(map);
  next.delete(id);
  return next;
}

/** After a reconnection most processes are as they were: the old object is kept, and their rows are not drawn again. */
function kept(before: ProcessSnapshot | undefined, after: ProcessSnapshot): ProcessSnapshot {
  if (before === undefined) return after;
  const measured = new Set(['uptimeMs', 'cpuPercent', 'memoryBytes']);
  const same = (Object.keys(after) as (keyof ProcessSnapshot)[]).every((key) => measured.has(key) || before[key] === after[key]);
  return same ? before : after;
}
