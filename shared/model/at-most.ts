// The end of waiting for something that may never happen.

/** Resolves when the work has ended, well or not, and after `limitMs` at the latest. `failed` hears why it did not end well. */
export async function atMost(limitMs: number, work: Promise<unknown>, failed: (error: unknown) => void = () => undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work.catch(failed), late]);
  clearTimeout(timer);
}
