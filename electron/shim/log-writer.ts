// Who writes to a log: what it is told of the file, and what it says in the file's own format.

export interface LossListener {
  /** Writing has stopped, or (once per second at most) more was lost since: so much more. */
  onLoss(reason: string, bytes: number, lines: number): void;
  onResumed(): void;
}

export interface LogFileWriter {
  /** Told once, also when several writers have the same. */
  readonly listener: LossListener;
  /** Whether to wait with more output. */
  onPressure(high: boolean): void;
  /** A line of TSPM's own, in the format of the file. */
  note(text: string): Buffer;
}

/** `blocked`: nothing can be written at present. Otherwise what waited is being written. */
export interface Trouble {
  readonly reason: string;
  blocked: boolean;
}

export interface LossCount {
  readonly bytes: number;
  readonly lines: number;
}

export const nothingLost: LossCount = { bytes: 0, lines: 0 };
