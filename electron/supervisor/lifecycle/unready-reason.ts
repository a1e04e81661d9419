// Why an instance that did not become ready in time is taken for failed, in words.
import { formatDuration } from '../../../shared/model/duration.ts';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import { awaited, clusterPlan } from '../cluster/plan.ts';

export function unreadyReason(spec: ProcessSpec, instance: number, ownPort: number): string {
  const within = `within ${formatDuration(spec.readyTimeoutMs)}`;
  if (spec.waitReady) return `the program did not call process.send('ready') ${within}`;
  const plan = clusterPlan(spec);
  if (plan === null) return `port ${spec.port === null ? '?' : spec.port + instance} did not accept a connection ${within}`;
  const help = plan.mode === 'http' || plan.mode === 'tcp' ? `; TSPM listens on port ${plan.port} itself. A program that cannot take its port from PORT needs balancer.mode none` : '';
  return `waited in vain for ${awaited(spec, instance, ownPort)} ${within}${help}`;
}
