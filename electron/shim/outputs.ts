// The outputs of all instances, and how long one is kept when nothing runs.
import type { Clock, Timer } from '../../shared/model/clock.ts';
import type { FromShim } from '../../shared/model/shim-protocol.ts';
import { InstanceOutput, type OutputServices } from './instance-output.ts';

/** Longer than a policy's usual pause before a respawn; then the pipes and logs of an instance that ended are closed. */
const idleMs = 60_000;

/** Since the instance was first spawned. */
interface Loss {
  bytes: number;
  lines: number;
}

interface Kept {
  readonly output: InstanceOutput;
  timer: Timer | null;
}

export class Outputs {
  private readonly byId = new Map<string, Kept>();
  private readonly losses = new Map<string, Loss>();
  /** Closed as soon as the last process lets go of the pipes. */
  private readonly retired = new Set<InstanceOutput>();

  constructor(
    private readonly services: OutputServices,
    private readonly clock: Clock,
    private readonly send: (message: FromShim) => void,
  ) {}

  /** For a run that begins now. */
  take(id: string): InstanceOutput {
    const kept = this.byId.get(id) ?? this.create(id);
    kept.timer?.cancel();
    kept.timer = null;
    return kept.output;
  }

  /** The run has ended. */
  finishRun(id: string): void {
    this.byId.get(id)?.output.finishRun();
    this.idle(id);
  }

  /** null when all that was read is in its log; otherwise resolves when it is, or cannot be. */
  written(id: string): Promise<unknown> | null {
    return this.byId.get(id)?.output.written() ?? null;
  }

  /** Nothing runs under this id any more. */
  idle(id: string): void {
    const kept = this.byId.get(id);
    if (kept === undefined) return;
    kept.timer?.cancel();
    kept.timer = this.clock.after(idleMs, () => {
      this.byId.delete(id);
      this.retired.add(kept.output);
      kept.output.retire();
    });
  }

  close(): void {
    for (const { output, timer } of this.byId.values()) {
      timer?.cancel();
      output.close();
    }
    for (const output of this.retired) output.close();
    this.byId.clear();
  }

  private create(id: string): Kept {
    const loss = this.losses.get(id) ?? { bytes: 0, lines: 0 };
    this.losses.set(id, loss);
    const output: InstanceOutput = new InstanceOutput(
      this.services,
      {
        onLoss: (reason, bytes, lines) => {
          loss.bytes += bytes;
          loss.lines += lines;
          this.send({ type: 'log-loss', id, lostBytes: loss.bytes, lostLines: loss.lines, reason });
        },
        onResumed: () => this.send({ type: 'log-resumed', id }),
      },
      () => this.retired.delete(output),
    );
    const kept: Kept = { output, timer: null };
    this.byId.set(id, kept);
    return kept;
  }
}
