// What all connections of one front share.
import type { FrontOptions } from '../front.ts';
import type { UpstreamPool } from './upstream-pool.ts';

export interface FrontContext extends FrontOptions {
  readonly upstreams: UpstreamPool;
  /** The listener is gone: a response that begins now is the last one on its connection. */
  isClosing: boolean;
}
