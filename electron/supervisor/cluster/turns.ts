// One after the other for each name: two commands that replace the instances of a process would use the same slots in the data plane.
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Begins when everything before it under this name has ended, well or not. */
  async take<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(name) ?? Promise.resolve();
    const result = before.then(work);
    const ended = result.then(
      () => undefined,
      () => undefined,
    );
    this.last.set(name, ended);
    try {
      return await result;
    } finally {
      if (this.last.get(name) === ended) this.last.delete(name);
    }
  }
}
