// What a client's connection is busy with, an exchange or a tunnel, and what that needs of the connection.
import type { Socket } from 'node:net';
import type { BalancerLimits } from '../../../../shared/model/balancing.ts';
import type { Target } from '../target.ts';
import type { Intake } from './intake.ts';
import type { RefusalStatus } from './problem.ts';

export interface Business {
  /** null while there is none. */
  readonly target: Target | null;
  /** Bytes that come from the client belong to it. */
  readonly wantsBytes: boolean;
  /** The client may be read: for its bytes, or, when all have come, to notice that it goes away. */
  readonly mayRead: boolean;
  /** A client that ended its side may go on listening for as long as it likes. */
  readonly halfCloses: boolean;
  /** `bytes` lie in the client's intake. Gives the index after the last one that belongs to it. */
  fromClient(bytes: Buffer, from: number, to: number): number;
  /** The client sends nothing more. Gives whether it may still be there. */
  clientEnded(): boolean;
  clientClosed(failed: boolean): void;
  clientDrained(): void;
  /** The instance is to have nothing more to do with it. */
  cut(): void;
  /** Called about once a second; `now` is in ms since the epoch. */
  check(now: number, limits: BalancerLimits): void;
}

export interface Refusal {
  readonly status: RefusalStatus;
  readonly why: string;
  /** The connection ends with it. */
  readonly close: boolean;
  /** A response to HEAD has none. */
  readonly withBody: boolean;
}

export interface BusyClient {
  readonly address: string;
  readonly socket: Socket;
  readonly intake: Intake;
  /** Reads again, if it may. */
  resume(): void;
  /** What it sent behind the request. */
  takeRest(): Buffer | null;
  /** Another business goes on where this one ends. */
  goesOnWith(business: Business): void;
  finished(keepAlive: boolean): void;
  refused(refusal: Refusal): void;
  /** `reset`: the client must not take the end for the end of the response. */
  destroy(reset: boolean): void;
}
