// What a load is: whom it asks, how, and what is told of it afterwards. The words of both ends, the test and the program.

interface Common {
  readonly port: number;
  readonly host: string;
  /** Each asks, waits for the answer, and asks again. */
  readonly clients: number;
  /** For the connection, and for each answer. */
  readonly timeoutMs: number;
  /** Every second pause between two requests is none; the others are up to this long. */
  readonly thinkMs: number;
}

export interface HttpPlan extends Common {
  readonly kind: 'http';
  /** `no`: `Connection: close` with every request. `mixed`: every second client keeps its connection. */
  readonly keepAlive: 'yes' | 'no' | 'mixed';
  readonly path: string;
  /** Part of the requests that go to /slow, from 0 to 1. */
  readonly slowShare: number;
  /** Part of the requests that are a POST with a body of 1 KiB, from 0 to 1; the others are GET. */
  readonly postShare: number;
}

/** Clients of an echo server: connect, exchange lines for a while, end the connection. One such session counts as one request. */
export interface TcpPlan extends Common {
  readonly kind: 'tcp';
  /** A session lasts up to this long. */
  readonly sessionMs: number;
}

export type LoadPlan = HttpPlan | TcpPlan;

/** `requests` is `ok` + `failed`. Without failures every single request got a complete 200, every session all its lines. */
export interface LoadReport {
  readonly requests: number;
  readonly ok: number;
  readonly failed: number;
  /** `ECONNREFUSED`, `ECONNRESET`, `closed unanswered`, `truncated`, `timeout`, `status 503`, …; most frequent first. */
  readonly failures: readonly { readonly reason: string; readonly count: number }[];
  readonly connections: number;
  /** Connections that the server closed while no request was under way; no failure. */
  readonly closedIdle: number;
  /** From before the connection, if a new one was needed, to the end of the answer; tcp: of one line. Without requests to /slow. */
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly perInstance: Readonly<Record<string, number>>;
  readonly perPid: Readonly<Record<string, number>>;
}

/** Word to the program, and what it answers with. `begun` comes by itself when the first request has ended. */
export type LoadWord = 'look' | 'stop';
export interface LoadMessage {
  readonly word: LoadWord | 'begun';
  readonly report: LoadReport;
}
