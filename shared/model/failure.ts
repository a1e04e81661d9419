// Errors that cross a process border travel as values and keep their shape.

/** The closed list of things that can go wrong for a caller. The CLI derives its exit code from it. */
export type FailureCode =
  | 'invalid-input'
  | 'invalid-config'
  | 'nothing-matched'
  | 'failed'
  | 'engine-unreachable'
  | 'unknown-command'
  | 'protocol-mismatch'
  /** A reader of a stream was slower than its bounded queue allows. */
  | 'too-slow'
  /** This caller may not. */
  | 'forbidden'
  | 'internal';

export interface FailureValue {
  readonly code: FailureCode;
  readonly message: string;
  readonly data?: unknown;
}

/** The error class inside a process; `value` is what leaves it. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }

  get value(): FailureValue {
    return this.data === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, data: this.data };
  }
}

/** Turns anything that was thrown into a value; what is not a Failure is a defect of ours and says so. */
export function toFailureValue(error: unknown): FailureValue {
  if (error instanceof Failure) return error.value;
  return { code: 'internal', message: errorMessage(error) };
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node system error (`ENOENT`, `EADDRINUSE`, …), or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
