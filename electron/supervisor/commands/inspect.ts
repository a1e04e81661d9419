// Commands that only look: list, describe, status, env and where the logs are.
import type { CommandHandlers } from '../../../shared/contract/commands.ts';
import type { OwnerKind, StatusReport } from '../../../shared/contract/reports.ts';
import { productVersion } from '../../../shared/contract/version.ts';
import { processStates, type ProcessState } from '../../../shared/model/process-state.ts';
import type { Engine } from '../engine.ts';
import type { Sampler } from '../metrics/sampler.ts';
import { publicPort } from '../cluster/plan.ts';
import { childEnvironment } from '../registry/environment.ts';
import { logTarget } from '../registry/instance-files.ts';
import { select } from '../registry/selectors.ts';
import { description, snapshot } from '../registry/snapshot.ts';

export interface Owner {
  readonly kind: OwnerKind;
  readonly startedAt: number;
  /** The same by `clock.elapsed`. */
  readonly since: number;
}

type Looks = Pick<CommandHandlers, 'list' | 'describe' | 'status' | 'env' | 'logSources'>;

export function inspectCommands(engine: Engine, sampler: Sampler, owner: Owner): Looks {
  const all = () => engine.list.instances();
  return {
    async list({ selectors }) {
      const chosen = selectors === undefined || selectors.length === 0 ? all() : select(all(), selectors);
      return chosen.map((one) => snapshot(engine, one, sampler.usage(one.pid)));
    },
    async describe({ selectors }) {
      return select(all(), selectors).map((one) => description(engine, one, sampler.usage(one.pid)));
    },
    status: async () => statusReport(engine, owner),
    async env({ selectors }) {
      return select(all(), selectors).map((one) => ({
        name: one.spec.name,
        instance: one.instance,
        env: childEnvironment(engine.environmentOf(one), one.current, one.instance, one.child?.ownPort || publicPort(one.current, one.instance)),
      }));
    },
    async logSources({ selectors }) {
      return select(all(), selectors).map((one) => {
        const { out, err, format } = logTarget(engine.options.paths, one.current, one.instance);
        return { name: one.spec.name, instance: one.instance, format, out, err };
      });
    },
  };
}

/** The engine as it is at this moment. */
export function statusReport(engine: Engine, owner: Owner): StatusReport {
  const { plane, away } = engine.host;
  return {
    home: engine.options.paths.home,
    version: productVersion,
    owner: { kind: owner.kind, pid: process.pid, startedAt: owner.startedAt, uptimeMs: Math.round(engine.options.clock.elapsed() - owner.since) },
    shim: plane === null ? null : { pid: plane.pid, version: plane.version, older: plane.older },
    ...(away === null ? {} : { shimTrouble: away.reason }),
    counts: countStates(engine),
    notices: [...engine.notices],
    ...(engine.unsaved === '' ? {} : { unsaved: engine.unsaved }),
  };
}

function countStates(engine: Engine): Readonly<Record<ProcessState, number>> {
  const counts = Object.fromEntries(processStates.map((state) => [state, 0])) as Record<ProcessState, number>;
  for (const instance of engine.list.instances()) counts[instance.life.state] += 1;
  return counts;
}
