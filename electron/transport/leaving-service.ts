// A service that can be left in good order: it finishes the calls it is at, ends its streams, and takes nothing new.
import { Failure } from '../../shared/model/failure.ts';
import type { Service } from './service.ts';

export interface LeavingService extends Service {
  /** Resolves when no call but `others` is under way, after `timeoutMs` at the latest. */
  idle(others: number, timeoutMs: number): Promise<void>;
  /** Streams end, calls that are still under way too, and new ones are refused with `engine-unreachable`: whoever asks asks the next engine. */
  leave(): void;
}

export function createLeavingService(service: Service): LeavingService {
  const leaving = new AbortController();
  const waiting = new Set<() => void>();
  let underWay = 0;

  const replaced = (): Failure => new Failure('engine-unreachable', 'the engine is being replaced: try again', { kind: 'lost', socket: '' });
  const refuseWhenLeaving = (): void => {
    if (leaving.signal.aborted) throw replaced();
  };

  return {
    capabilities: service.capabilities,
    async call(name, input, context) {
      refuseWhenLeaving();
      underWay += 1;
      try {
        return await service.call(name, input, { ...context, signal: AbortSignal.any([context.signal, leaving.signal]) });
      } catch (error) {
        if (leaving.signal.aborted && !context.signal.aborted) throw replaced();
        throw error;
      } finally {
        underWay -= 1;
        for (const look of waiting) look();
      }
    },
    open(topic, input, { after, signal }) {
      refuseWhenLeaving();
      return service.open(topic, input, { after, signal: AbortSignal.any([signal, leaving.signal]) });
    },
    idle: (others, timeoutMs) =>
      new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        const look = (): void => {
          if (underWay <= others) finish();
        };
        const timer = setTimeout(finish, timeoutMs);
        waiting.add(look);
        look();
      }),
    leave: () => leaving.abort(),
  };
}
