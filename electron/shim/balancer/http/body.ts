// How far the body of a message reaches (RFC 9112, 6.3). The bytes themselves are not kept.

export interface Body {
  /** All of it has been seen. */
  readonly done: boolean;
  /** It breaks the rules; nothing of it may be passed on any more. */
  readonly bad: boolean;
  /** The index after the last byte between `from` and `to` that belongs to it. */
  take(bytes: Uint8Array, from: number, to: number): number;
}

export const noBody: Body = { done: true, bad: false, take: (_bytes, from) => from };

export class LengthBody implements Body {
  readonly bad = false;

  constructor(private left: number) {}

  get done(): boolean {
    return this.left === 0;
  }

  take(_bytes: Uint8Array, from: number, to: number): number {
    const taken = Math.min(this.left, to - from);
    this.left -= taken;
    return from + taken;
  }
}

/** Whatever comes until the sender closes. */
export class BodyUntilClose implements Body {
  readonly done = false;
  readonly bad = false;

  take(_bytes: Uint8Array, _from: number, to: number): number {
    return to;
  }
}
