// Waits for a condition instead of for a time.

export interface WaitOptions {
  readonly timeoutMs?: number;
  /** Said when it never comes. */
  readonly what?: string;
}

/** Asks again and again until the answer is neither null, undefined nor false, and gives it. Throws after `timeoutMs`. */
export async function waitFor<Value>(check: () => Value | Promise<Value>, options: WaitOptions = {}): Promise<Exclude<Awaited<Value>, null | undefined | false>> {
  const { timeoutMs = 10_000, what = 'the condition' } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value !== null && value !== undefined && value !== false) return value as Exclude<Awaited<Value>, null | undefined | false>;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await pause();
  }
}

/** The only pause of the tests: between two looks at a condition. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
