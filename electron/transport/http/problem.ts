// Errors over HTTP as problem details (RFC 9457). `code` is for programs, `detail` for people.
import type { ServerResponse } from 'node:http';
import { toFailureValue, type FailureCode } from '../../../shared/model/failure.ts';
import { isTooLarge, statusOf, tooLarge } from './failure-status.ts';

/** What only HTTP can get wrong. */
type HttpCode =
  | 'not-found'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'too-large'
  | 'unsupported-media-type'
  | 'misdirected'
  | 'unauthorized'
  | 'too-many-tries'
  | 'too-many-connections'
  /** Some of the processes did not do what was asked: `outcomes` says which, and why. */
  | 'not-done';

export type ProblemCode = FailureCode | HttpCode;

/** `not-done` is a 409 and no 5xx: what retries by itself must not restart a service that cannot start again and again. */
export const problemStatus: Readonly<Record<ProblemCode, number>> = {
  ...statusOf,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'not-done': 409,
  'too-large': tooLarge,
  'unsupported-media-type': 415,
  misdirected: 421,
  unauthorized: 401,
  'too-many-tries': 429,
  'too-many-connections': 503,
};

export const problemTitles: Readonly<Record<ProblemCode, string>> = {
  'invalid-input': 'The request is not valid',
  'invalid-config': 'The config is not valid',
  forbidden: 'This caller may not',
  'nothing-matched': 'There is no such process',
  'unknown-command': 'There is no such command',
  'protocol-mismatch': 'The versions do not fit together',
  'too-slow': 'The reader was too slow',
  'engine-unreachable': 'The engine does not answer',
  failed: 'It could not be done',
  internal: 'An error in TSPM',
  'not-found': 'There is nothing here',
  'method-not-allowed': 'Not with this method',
  'not-acceptable': 'Not in this format',
  'not-done': 'Not all processes did it',
  'too-large': 'The body is too large',
  'unsupported-media-type': 'The body has another type than expected',
  misdirected: 'This is not the server that was meant',
  unauthorized: 'A key is needed',
  'too-many-tries': 'Too many wrong keys',
  'too-many-connections': 'Too many connections',
};

export const problemType = 'application/problem+json';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The path that was asked for. */
  readonly instance: string;
  readonly code: ProblemCode;
}

export interface ProblemExtras {
  /** More members of the document. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by whoever answers a request over HTTP; everything else that is thrown becomes one. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';

  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(message);
  }
}

export function toHttpProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const { code, message, data } = toFailureValue(error);
  if (isTooLarge(data)) return new HttpProblem('too-large', message);
  return new HttpProblem(code, message, data === undefined ? {} : { members: { data } });
}

export function problemDocument({ code, message, extras }: HttpProblem, instance: string): Problem {
  return { type: `urn:tspm:problem:${code}`, title: problemTitles[code], status: problemStatus[code], detail: message, instance, code, ...extras.members };
}

/** Does nothing when the answer has begun or the caller has gone. */
export function sendProblem(response: ServerResponse, error: unknown, url: string): void {
  if (response.headersSent || response.destroyed) return;
  const problem = toHttpProblem(error);
  const body = `${JSON.stringify(problemDocument(problem, url.split('?')[0] ?? ''))}\n`;
  response.writeHead(problemStatus[problem.code], {
    'content-type': problemType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...problem.extras.headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
