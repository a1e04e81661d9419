// What the HTTP API is served with.
import type { Service } from '../service.ts';

export interface ApiParts {
  /** It may come later than the first request: whoever calls waits for it. */
  readonly service: Promise<Service>;
  readonly log: (message: string) => void;
  /** Bytes of a request's body. */
  readonly maxBody: number;
}
