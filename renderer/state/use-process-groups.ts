// The processes by name, worked out once per change however many components ask.
import { useStore } from 'zustand';
import { useServices } from './app-context.tsx';
import type { EngineState } from './engine-store.ts';
import { groupProcesses, type ProcessGroup } from './process-groups.ts';

let source: EngineState['processes'] = new Map();
let groups: ReadonlyMap<string, ProcessGroup> = new Map();

export function selectGroups({ processes }: Pick<EngineState, 'processes'>): ReadonlyMap<string, ProcessGroup> {
  if (processes !== source) {
    source = processes;
    groups = groupProcesses(processes.values(), groups);
  }
  return groups;
}

export function useProcessGroups(): ReadonlyMap<string, ProcessGroup> {
  return useStore(useServices().engine, selectGroups);
}

export function useProcessGroup(name: string): ProcessGroup | undefined {
  return useStore(useServices().engine, (state) => selectGroups(state).get(name));
}
