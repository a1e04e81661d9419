// /v1/session: a key is exchanged for a cookie, looked at, and given back.
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { readJson } from '../http/body.ts';
import { HttpProblem } from '../http/problem.ts';
import type { Gate } from './gate.ts';
import type { Keys } from './keys.ts';
import type { Session } from './revoked.ts';

export const sessionPath = '/v1/session';
const maxBody = 4096;

/** The token, or a ticket. */
const login = z.strictObject({ token: z.string().check(z.minLength(1), z.maxLength(512)) });

export interface SessionParts {
  readonly gate: Gate;
  readonly keys: Keys;
  readonly cookieName: string;
  /** Ends it for good, with what is open in it. */
  readonly endSession: (session: Session) => Promise<void>;
}

/** Throws an HttpProblem or a Failure. */
export async function answerSession(request: IncomingMessage, response: ServerResponse, { gate, keys, cookieName, endSession }: SessionParts): Promise<void> {
  const setCookie = (value: string, maxAgeSeconds: number): void => {
    // Cookies go to every port of a host. With this path another server of this machine does not get it by being visited.
    response.setHeader('set-cookie', `${cookieName}=${value}; Path=/v1/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}`);
  };
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      gate.checkKey(request);
      break;
    case 'POST': {
      const body = z.safeParse(login, await readJson(request, maxBody));
      if (!body.success) throw new HttpProblem('invalid-input', 'A session is opened with { "token": "…" }.');
      const { token } = body.data;
      if (!keys.isToken(token) && !keys.redeem(token)) {
        gate.countWrongKey();
        throw new HttpProblem('unauthorized', 'This key does not open the dashboard, or no longer: tspm dashboard prints the one that does.');
      }
      const { value, maxAgeSeconds } = keys.issueCookie();
      setCookie(value, maxAgeSeconds);
      break;
    }
    case 'DELETE':
      setCookie('', 0);
      // The cookie may have been copied: it opens nothing from now on.
      for (const session of gate.sessions(request)) await endSession(session);
      break;
    default:
      throw new HttpProblem('method-not-allowed', `A session knows GET, POST and DELETE, not ${request.method ?? ''}.`, { headers: { allow: 'GET, HEAD, POST, DELETE' } });
  }
  response.writeHead(204).end();
}
