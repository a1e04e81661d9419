// How components read: each hook watches as little as it can, so that a component is drawn again only when what it shows changed.
import { useCallback } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { CommandName } from '../../shared/contract/commands.ts';
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import type { StatusReport } from '../../shared/contract/reports.ts';
import type { Connection } from '../host/host.ts';
import { useServices } from './app-context.tsx';
import type { PendingCommand } from './command-runner.ts';
import type { EngineState } from './engine-store.ts';
import { noUsage, type UsageHistory } from './usage-history.ts';

export function useConnection(): Connection {
  return useStore(useServices().host.connection);
}

/** False: what is shown is the last that was known, and nothing can be asked for. */
export function useFresh(): boolean {
  return useStore(useServices().engine, (state) => state.fresh);
}

/** Since when nothing is heard of the engine, and why; null while it is. */
export function useLost(): EngineState['lost'] {
  return useStore(useServices().engine, (state) => state.lost);
}

export function useStatus(): StatusReport | null {
  return useStore(useServices().engine, (state) => state.status);
}

/** Whether any process has a child, as far as is known. */
export function useRunning(): boolean {
  return useStore(useServices().engine, ({ processes }) => [...processes.values()].some(({ pid }) => pid !== null));
}

/** The instances of one process, in their order; the same array as long as none of them changed. */
export function useInstances(name: string): readonly ProcessSnapshot[] {
  return useStore(
    useServices().engine,
    useShallow((state) => [...state.processes.values()].filter((one) => one.name === name).sort((a, b) => a.instance - b.instance)),
  );
}

export function useUsage(id: number): UsageHistory {
  return useStore(useServices().engine, (state) => state.usage.get(id) ?? noUsage);
}

/** The engine's clock in ms, renewed once a second; it stands still while nothing is heard. Only for the smallest component that shows it. */
export function useEngineNow(): number {
  const { clock, engine } = useServices();
  const offset = useStore(engine, (state) => state.clockOffsetMs);
  const stoppedAt = useLost()?.since;
  const now = useStore(clock);
  return (stoppedAt ?? now) + offset;
}

/** The command under way for a process, or for one of its instances. */
export function usePending(name: string, instance?: number): PendingCommand | undefined {
  return useStore(
    useServices().commands.pending,
    useCallback((pending) => (instance === undefined ? undefined : pending.get(`${name}:${instance}`)) ?? pending.get(name), [name, instance]),
  );
}

/** What was asked of this one instance, and not of its process. */
export function useInstancePending(name: string, instance: number): PendingCommand | undefined {
  return useStore(
    useServices().commands.pending,
    useCallback((pending) => pending.get(`${name}:${instance}`), [name, instance]),
  );
}

/** Whether the engine can be asked for this, now. */
export function useCapable(command: CommandName): boolean {
  const connection = useConnection();
  return connection.state === 'live' && connection.capabilities.commands.includes(command);
}
