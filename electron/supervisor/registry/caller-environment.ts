// What new children inherit: the environment of whoever asks, or, when a page or a tray asks, which has none, what they had before.
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import type { Environment } from './environment.ts';

export interface CallerEnvironment {
  /** With which the definition of this process is read again. */
  values(name: string): Environment;
  /** Key in the pool for instances that this process gets in addition. */
  key(name: string): string;
  /** The next child of the instance inherits it. */
  give(instance: Instance): void;
}

export function callerEnvironment(engine: Engine, environment: Environment | undefined): CallerEnvironment {
  if (environment !== undefined) {
    let hash: string | null = null;
    const key = (): string => (hash ??= engine.environments.add(environment));
    return { values: () => environment, key, give: (instance) => void engine.inherited.set(instance, key()) };
  }
  const own = (name: string): Instance | undefined => engine.list.get(name)?.instances[0];
  return {
    values(name) {
      const instance = own(name);
      return instance === undefined ? {} : engine.environmentOf(instance);
    },
    key(name) {
      const instance = own(name);
      return instance === undefined ? engine.environments.add({}) : (engine.inherited.get(instance) ?? engine.environments.add({}));
    },
    give: () => undefined,
  };
}
