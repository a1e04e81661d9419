// Overlapping reloads of a process become one: while one is under way, all that come wait for a single next one.
export class ReloadQueue<Request, Result> {
  private readonly byName = new Map<string, { running: Promise<unknown>; next: { request: Request; result: Promise<Result> } | null }>();

  /** `join` makes one request of two; the later one is second. */
  constructor(private readonly join: (earlier: Request, later: Request) => Request) {}

  run(name: string, request: Request, work: (request: Request) => Promise<Result>): Promise<Result> {
    const entry = this.byName.get(name);
    if (entry === undefined) return this.begin(name, request, work);
    if (entry.next !== null) {
      entry.next.request = this.join(entry.next.request, request);
      return entry.next.result;
    }
    const waiting = { request };
    const result = entry.running.then(() => this.begin(name, waiting.request, work));
    entry.next = Object.assign(waiting, { result });
    return result;
  }

  private begin(name: string, request: Request, work: (request: Request) => Promise<Result>): Promise<Result> {
    const result = work(request);
    const running = result.then(
      () => undefined,
      () => undefined,
    );
    const entry = { running, next: null };
    this.byName.set(name, entry);
    void running.then(() => {
      if (this.byName.get(name) === entry && entry.next === null) this.byName.delete(name);
    });
    return result;
  }
}
