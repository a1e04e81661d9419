// How one shim takes the place of another: it is started beside it, gets the processes one by one, and in the end its place.
import type { Clock } from '../../../shared/model/clock.ts';
import type { ClusterPlan } from '../../../shared/model/balancing.ts';
import { errorMessage, Failure } from '../../../shared/model/failure.ts';
import { successionMark, successorPaths } from '../../../shared/model/succession.ts';
import { startShim } from '../../platform/engine-process.ts';
import type { ShimHost } from '../host/shim-host.ts';
import type { Instance } from '../lifecycle/instance.ts';
import type { DataPlanes, DataPlanesOptions } from './data-planes.ts';
import type { Succession } from './succession.ts';

const startTimeoutMs = 10_000;
/** The new shim tries to bind a port by then; from 0.1.0 it gets no socket, and takes the port when it is free. */
const headStartMs = 15;
const lookAgainMs = 20;

export interface SuccessionOptions extends Pick<DataPlanesOptions, 'paths' | 'shimCommand' | 'onTrouble'> {
  readonly clock: Clock;
}

export function createSuccession(planes: DataPlanes, { paths, shimCommand, clock, onTrouble }: SuccessionOptions): Succession {
  const pause = (delayMs: number): Promise<void> => new Promise((resolve) => void clock.after(delayMs, resolve));
  const givesSockets = (host: ShimHost): boolean => host.plane?.features.has('succession') === true;

  /** Throws a Failure without an upgrade under way. */
  function older(): ShimHost {
    if (planes.older === null) throw new Failure('internal', 'no upgrade is under way');
    return planes.older;
  }

  async function listenInNew(plan: ClusterPlan, from: ShimHost): Promise<void> {
    if (givesSockets(from)) {
      throwIfAny(await planes.current.openCluster(plan));
      return;
    }
    const opening = planes.current.openCluster(plan, 'contended');
    await pause(headStartMs);
    from.send({ type: 'close-cluster', name: plan.name });
    const problem = await opening;
    if (problem !== null) await from.openCluster(plan);
    throwIfAny(problem);
  }

  return {
    get away() {
      return planes.away?.reason ?? null;
    },
    get isUnderWay() {
      return planes.older !== null;
    },
    get version() {
      return planes.plane?.version ?? '';
    },
    get isOlder() {
      return planes.plane?.older === true;
    },
    get closesPorts() {
      return !givesSockets(older());
    },
    async begin() {
      const next = planes.create(successorPaths(paths));
      planes.raising = next;
      try {
        let ending = (): string | null => null;
        if (givesSockets(planes.current)) await planes.current.raiseSuccessor(process.execPath, shimCommand);
        else ({ ending } = startShim(paths, shimCommand, { [successionMark]: '[]' }));
        if ((await next.join(startTimeoutMs)) === null) {
          throw new Failure('failed', `the new data plane did not start within ${startTimeoutMs / 1000} s${ending() === null ? '' : ` (it ${ending() ?? ''})`}; see ${paths.shimLog}`);
        }
        if (planes.isEnded) {
          await next.end();
          throw new Failure('failed', 'TSPM was ended meanwhile');
        }
        planes.stepBeside(next);
        next.accept();
      } finally {
        planes.raising = null;
      }
    },
    isBehind: ({ child, hostId }: Instance) => child !== null && planes.older !== null && planes.holderOf(hostId, child.run) === planes.older,
    listensBehind: (name) => planes.older !== null && planes.listensFor(name) === planes.older,
    canHandOver: (plan) => plan.mode !== 'shared' || givesSockets(older()),
    async move(name, plan) {
      // In shared mode children accept for themselves, and need the socket from the start.
      if (plan !== null) throwIfAny(await planes.current.openCluster(plan, plan.mode === 'shared' ? 'now' : 'held'));
      planes.setHome(name, planes.current);
    },
    moveBack(plan) {
      planes.setHome(plan.name, older());
      // In shared mode its descriptor was inherited, and is there for the next try.
      if (plan.mode !== 'shared') planes.current.send({ type: 'close-cluster', name: plan.name });
    },
    async handOver(plan) {
      const from = older();
      await listenInNew(plan, from);
      planes.setListener(plan.name, planes.current);
      // Requests that take longer are finished while their instance drains.
      if (givesSockets(from)) await from.leaveCluster(plan.name).catch((error: unknown) => onTrouble(`${plan.name}: ${errorMessage(error)}`));
    },
    async finish(patienceMs) {
      const from = older();
      const deadline = clock.elapsed() + patienceMs;
      while (!planes.isEmpty(from)) {
        if (clock.elapsed() >= deadline) return false;
        await pause(lookAgainMs);
      }
      await from.end();
      planes.stepIn();
      return true;
    },
  };
}

function throwIfAny(problem: { readonly message: string } | null): void {
  if (problem !== null) throw new Failure('failed', problem.message);
}
