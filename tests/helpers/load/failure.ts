// A request that did not end in a complete 200, and the one word for it that the report counts.

export class LoadFailure extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** Throws what is no failure of the load again: it is a mistake in the load's own program. */
export function failureReason(error: unknown): string {
  if (error instanceof LoadFailure) return error.reason;
  throw error;
}

export function socketFailure(error: NodeJS.ErrnoException): LoadFailure {
  return new LoadFailure(error.code ?? error.message);
}
