// What a data plane holds, by what it was told and has said: children, exits that are not acknowledged, open clusters. Pure.
import type { FromShim } from '../../../shared/model/shim-protocol.ts';
import type { Order } from './process-host.ts';
import type { Welcome } from './shim-connection.ts';

export interface Holdings {
  sent(order: Order): void;
  received(message: FromShim): void;
  opened(cluster: string): void;
  /** Nobody would miss it. */
  readonly empty: boolean;
}

export function createHoldings({ children, clusters }: Pick<Welcome, 'children' | 'clusters'>): Holdings {
  const runs = new Set(children.map(key));
  const open = new Set(clusters);
  return {
    sent(order) {
      if (order.type === 'spawn') runs.add(key(order));
      // It is sent for what has ended only.
      if (order.type === 'acknowledge') runs.delete(key(order));
      if (order.type === 'close-cluster') open.delete(order.name);
    },
    received(message) {
      if (message.type === 'spawn-failed') runs.delete(key(message));
    },
    opened: (cluster) => void open.add(cluster),
    get empty() {
      return runs.size + open.size === 0;
    },
  };
}

function key({ id, run }: { readonly id: string; readonly run: number }): string {
  return `${id}#${run}`;
}
