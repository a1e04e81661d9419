// What happens in this engine, told in order to everybody who listens. Changes of one turn of the event loop are told once, and a
// listener that is slow costs nothing: it reads from the ring at its own pace, and is told when it has fallen too far behind.
import type { EngineEvent, EngineSnapshot } from '../../../shared/contract/events.ts';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import type { StreamContext, TopicMessage } from '../../../shared/contract/topics.ts';
import type { Clock } from '../../../shared/model/clock.ts';
import { Failure } from '../../../shared/model/failure.ts';
import { EventRing } from './event-ring.ts';

export interface EventHubPorts {
  readonly clock: Clock;
  /** Different for every engine, so that nobody goes on where another one ended. */
  readonly epoch: string;
  /** What is seen of an instance of this process; null when it is not in the list. */
  readonly look: (name: string, id: number) => ProcessSnapshot | null;
  readonly everything: () => EngineSnapshot;
  /** The first listener came who wants measurements. */
  readonly listened: () => void;
}

interface Touched {
  readonly id: number;
  readonly name: string;
  readonly instance: number;
}

/** An event as whoever tells it gives it. */
export type Told = EngineEvent extends infer One ? (One extends EngineEvent ? Omit<One, 'at'> : never) : never;

export class EventHub {
  private readonly ring = new EventRing();
  private touched = new Map<number, Touched>();
  private readonly sleepers = new Set<() => void>();
  private listenerCount = 0;
  private ports: EventHubPorts | null = null;

  /** Nothing is told before this. */
  open(ports: EventHubPorts): void {
    this.ports = ports;
  }

  /** Those who want measurements. */
  get listeners(): number {
    return this.listenerCount;
  }

  /** Something that can be seen of the instance is different, or it came or went. */
  touch(instance: Touched): void {
    if (this.ports === null) return;
    if (this.touched.size === 0) queueMicrotask(() => this.flush());
    this.touched.set(instance.id, instance);
  }

  tell(told: Told): void {
    if (this.ports === null) return;
    this.flush();
    this.push({ ...told, at: this.ports.clock.now() } as EngineEvent);
  }

  /** A listener that falls behind by the ring's capacity ends with `too-slow`. */
  async *listen(usage: boolean, { after, signal }: StreamContext): AsyncGenerator<TopicMessage<'events'>> {
    const ports = this.ports;
    if (ports === null) throw new Failure('engine-unreachable', 'the engine is still starting');
    this.flush();
    const wake = (): void => this.wake();
    signal.addEventListener('abort', wake, { once: true });
    if (usage) {
      this.listenerCount += 1;
      if (this.listenerCount === 1) ports.listened();
    }
    try {
      let seen = this.resume(after, ports.epoch);
      if (seen === null) {
        seen = this.ring.newest;
        yield { position: positionOf(ports.epoch, seen), snapshot: ports.everything() };
      }
      let told = seen;
      while (!signal.aborted) {
        const change = this.ring.after(seen);
        if (change === undefined) throw new Failure('too-slow', 'events came faster than they were taken: subscribe again for a new snapshot');
        if (change === null) {
          await new Promise<void>((resolve) => this.sleepers.add(resolve));
          continue;
        }
        seen += 1;
        if (change.type === 'usage' && !usage) continue;
        const previous = positionOf(ports.epoch, told);
        told = seen;
        yield { position: positionOf(ports.epoch, seen), previous, change };
      }
    } finally {
      if (usage) this.listenerCount -= 1;
      signal.removeEventListener('abort', wake);
    }
  }

  private flush(): void {
    const { ports, touched } = this;
    if (ports === null || touched.size === 0) return;
    this.touched = new Map();
    const at = ports.clock.now();
    for (const { id, name, instance } of touched.values()) {
      const process = ports.look(name, id);
      this.push(process === null ? { type: 'process.removed', at, id, name, instance } : { type: 'process.changed', at, process });
    }
  }

  private push(event: EngineEvent): void {
    this.ring.push(event);
    this.wake();
  }

  private wake(): void {
    for (const wake of this.sleepers) wake();
    this.sleepers.clear();
  }

  private resume(after: string | null, epoch: string): number | null {
    const [, own, number] = /^([a-z0-9]+)-(\d+)$/.exec(after ?? '') ?? [];
    return own === epoch && this.ring.reaches(Number(number)) ? Number(number) : null;
  }
}

function positionOf(epoch: string, number: number): string {
  return `${epoch}-${number}`;
}
