// How the port of a process is spread over its instances: what the config says, and what follows from the program.
import { balancerDefaults, type BalancerSpec } from '../../../shared/contract/spec.ts';
import { runsNode } from '../cluster/plan.ts';
import type { Candidate } from './candidate.ts';
import { fieldRange } from './candidate.ts';
import type { Launch } from './interpreter.ts';
import type { ProblemList } from './problem.ts';
import type { Runtime } from './runtime.ts';

/** Problems with fields of the balancer go to `problems`. */
export function buildBalancer(candidate: Candidate, launch: Launch, runtime: Runtime, problems: ProblemList): BalancerSpec {
  const { fields } = candidate;
  const { balancer = {}, lbStrategy } = fields;
  const isNode = runsNode(launch);
  if (balancer.strategy !== undefined && lbStrategy !== undefined && balancer.strategy !== lbStrategy) {
    problems.add(fieldRange(candidate, 'lbStrategy'), `lbStrategy says ${lbStrategy}, balancer.strategy says ${balancer.strategy}`, 'keep one of the two');
  }
  if (balancer.mode === 'handoff' && !isNode) {
    problems.add(fieldRange(candidate, 'balancer'), 'balancer.mode handoff needs a Node program that is run directly', 'give the file as "script", or choose http, tcp or shared');
  }
  if (balancer.mode === 'shared' && runtime.platform === 'win32') {
    problems.add(fieldRange(candidate, 'balancer'), 'balancer.mode shared is not available on Windows', 'choose handoff, http or tcp');
  }
  if (fields.waitReady === true && !isNode) {
    problems.add(fieldRange(candidate, 'waitReady'), "waitReady needs a Node program that is run directly, which calls process.send('ready')", 'leave it out: a process with a port is ready when the port accepts');
  }
  checkWeights(candidate, problems);
  const wanted = balancer.mode ?? 'auto';
  return {
    mode: fields.port === undefined ? 'none' : wanted === 'auto' ? (isNode ? 'handoff' : 'http') : wanted,
    strategy: balancer.strategy ?? lbStrategy ?? balancerDefaults.strategy,
    queueTimeoutMs: balancer.queueTimeout ?? balancerDefaults.queueTimeoutMs,
    headTimeoutMs: balancer.headTimeout ?? balancerDefaults.headTimeoutMs,
    idleTimeoutMs: balancer.idleTimeout ?? balancerDefaults.idleTimeoutMs,
    responseTimeoutMs: balancer.responseTimeout ?? balancerDefaults.responseTimeoutMs,
    maxHeadBytes: balancer.maxHeadSize ?? balancerDefaults.maxHeadBytes,
  };
}

function checkWeights(candidate: Candidate, problems: ProblemList): void {
  const { instanceWeight, instances = 1 } = candidate.fields;
  if (!Array.isArray(instanceWeight)) return;
  const range = fieldRange(candidate, 'instanceWeight');
  if (instances === 'max') problems.add(range, 'instanceWeight is a list, and instances is max, which differs from machine to machine', 'give instances as a number');
  else if (instanceWeight.length !== instances) {
    const entries = instanceWeight.length === 1 ? '1 entry' : `${instanceWeight.length} entries`;
    problems.add(range, `instanceWeight has ${entries} for ${instances} ${instances === 1 ? 'instance' : 'instances'}`, 'give one weight per instance, or one number for all');
  }
}
