// Waits until instances have arrived where a command wanted them, or says why they will not.
import type { CommandContext } from '../../../shared/contract/commands.ts';
import { Failure } from '../../../shared/model/failure.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';

/** A service may need a second try, because something outside is not there yet; after this many the caller is told. */
const triesBeforeTelling = 3;

export interface Verdict {
  readonly ok: boolean;
  readonly message: string;
}

export type Judge = (instance: Instance) => Verdict | null;

export const arrived: Verdict = { ok: true, message: '' };

/** For start, restart and reload: online, or done on purpose. Counts restarts from the moment it is made. */
export function upJudge(engine: Engine, instances: readonly Instance[]): Judge {
  const before = new Map(instances.map((one) => [one, one.restarts]));
  return (instance) => {
    const { life } = instance;
    switch (life.state) {
      case 'online':
        return arrived;
      case 'exited':
        return { ok: true, message: life.reason };
      case 'errored':
        return { ok: false, message: life.reason };
      case 'stopped':
        return { ok: false, message: 'it was stopped meanwhile' };
      case 'backoff':
        return instance.restarts - (before.get(instance) ?? 0) < triesBeforeTelling ? null : { ok: false, message: life.reason };
      case 'waiting': {
        const { state, on } = engine.dependencyState(instance.spec);
        return state === 'impossible' ? { ok: false, message: `${on}, which it depends on, is not running` } : null;
      }
      case 'lost':
        return isTrying(engine) ? null : { ok: false, message: life.reason };
      case 'starting':
      case 'stopping':
        return null;
    }
  };
}

/** For stop and delete. The newest wish wins: what is wanted up again is not waited for. */
export const downJudge = (engine: Engine): Judge => ({ desired, life, child }) => {
  if (desired === 'up') return { ok: false, message: 'it was started again meanwhile' };
  if (life.state === 'lost') return isTrying(engine) ? null : { ok: false, message: `it is stopped as soon as that is possible; ${life.reason}` };
  return child === null && life.state !== 'stopping' && life.state !== 'starting' ? arrived : null;
};

/** Whether there is a data plane is known in a moment. */
function isTrying(engine: Engine): boolean {
  return engine.host.away?.trying ?? false;
}

/** Resolves when every instance has its verdict; rejects only when the caller has gone away. */
export function settle(engine: Engine, instances: readonly Instance[], judge: Judge, context: CommandContext): Promise<ReadonlyMap<Instance, Verdict>> {
  const verdicts = new Map<Instance, Verdict>();
  const wanted = new Set(instances);
  const open = new Set(instances);
  return new Promise((resolve, reject) => {
    const look = (instance: Instance): void => {
      const verdict = judge(instance);
      if (verdict === null) {
        // What had arrived and has fallen while others were waited for is waited for again.
        verdicts.delete(instance);
        open.add(instance);
        return;
      }
      open.delete(instance);
      verdicts.set(instance, verdict);
      const { spec, life } = instance;
      context.progress({ done: verdicts.size, total: instances.length, name: spec.name, instance: instance.instance, state: life.state });
    };
    const finish = (act: () => void): void => {
      stopListening();
      context.signal.removeEventListener('abort', abandoned);
      act();
    };
    const abandoned = (): void => finish(() => reject(new Failure('failed', 'the caller has gone away')));
    const stopListening = engine.onChange((changed) => {
      if (wanted.has(changed)) look(changed);
      // What waits is judged by what it waits for.
      if (open.size > 0) for (const one of open) if (one.life.state === 'waiting') look(one);
      if (open.size === 0) finish(() => resolve(verdicts));
    });
    for (const instance of instances) look(instance);
    if (open.size === 0) finish(() => resolve(verdicts));
    else if (context.signal.aborted) abandoned();
    else context.signal.addEventListener('abort', abandoned);
  });
}

/** Resolves when it has no child any more, or is wanted up again. */
export async function whenDown(engine: Engine, instance: Instance): Promise<void> {
  await settle(engine, [instance], downJudge(engine), { progress: () => undefined, signal: new AbortController().signal });
}
