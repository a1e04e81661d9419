// What the machine offers for running scripts, gathered once so that tests can hand in another one.
import os from 'node:os';

export interface Runtime {
  readonly platform: NodeJS.Platform;
  /** What runs TSPM itself: only under node it can run a .js file as `node` does. */
  readonly kind: 'node' | 'bun' | 'electron';
  readonly execPath: string;
  /** Whether it runs TypeScript by stripping the types (Node 22.18 and later, Bun). */
  readonly stripsTypes: boolean;
  /** What `instances: max` stands for. */
  readonly parallelism: number;
}

export function currentRuntime(): Runtime {
  const { versions } = process;
  const kind = versions['electron'] !== undefined ? 'electron' : versions['bun'] !== undefined ? 'bun' : 'node';
  const features: Readonly<Record<string, unknown>> = { ...process.features };
  return {
    platform: process.platform,
    kind,
    execPath: process.execPath,
    stripsTypes: kind === 'bun' || Boolean(features['typescript'] ?? false),
    parallelism: os.availableParallelism(),
  };
}
