// Decides who comes through the door. Everything is judged by the head of a request, before any of its body is read.
import type { IncomingMessage } from 'node:http';
import { HttpProblem } from '../http/problem.ts';
import type { Caller } from './callers.ts';
import type { Keys } from './keys.ts';
import type { Session } from './revoked.ts';
import type { TryLimit } from './try-limit.ts';

export interface GateParts {
  readonly keys: Keys;
  readonly tries: TryLimit;
  readonly cookieName: string;
  readonly isOwnHost: (header: string | undefined) => boolean;
  /** Bytes. */
  readonly maxBody: number;
}

export interface Gate {
  /** Was it meant for this server, and by one of its own pages or by no page at all? Throws an HttpProblem otherwise. */
  checkAddress(request: IncomingMessage): void;
  /** Does another site ask? Throws an HttpProblem then. */
  checkSite(request: IncomingMessage): void;
  /** A body must be JSON, which no form can send, and not too large. */
  checkBody(request: IncomingMessage): void;
  hasKey(request: IncomingMessage): boolean;
  /** The sessions whose cookies this request carries. */
  sessions(request: IncomingMessage): readonly Session[];
  /** Who it is. Throws an HttpProblem for whoever has no key, or has a cookie but may be driven by another page. */
  checkKey(request: IncomingMessage): Caller;
  /** The wrong key was shown; throws `too-many-tries` when that happens too often. */
  countWrongKey(): void;
}

export function createGate({ keys, tries, cookieName, isOwnHost, maxBody }: GateParts): Gate {
  const bearer = (request: IncomingMessage): string | null => /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
  const cookies = (request: IncomingMessage): readonly string[] =>
    (request.headers.cookie ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(`${cookieName}=`))
      .map((pair) => pair.slice(cookieName.length + 1));
  const sessions = (request: IncomingMessage): readonly Session[] => cookies(request).flatMap((value) => keys.sessionOf(value) ?? []);
  const hasBearer = (request: IncomingMessage): boolean => {
    const shown = bearer(request);
    return shown !== null && keys.isToken(shown);
  };

  /** checkAddress has seen to it that an Origin, if there is one, is our own. */
  const isOwnPage = ({ headers }: IncomingMessage): boolean => headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin';

  function countWrongKey(): void {
    if (!tries.wrong()) throw new HttpProblem('too-many-tries', 'Too many wrong keys were shown: wait a second.', { headers: { 'retry-after': '1' } });
  }

  return {
    countWrongKey,
    sessions,
    checkAddress({ headers }) {
      if (!isOwnHost(headers.host)) {
        throw new HttpProblem('misdirected', `This is not ${JSON.stringify(headers.host ?? '')}. Use the address that tspm dashboard prints.`);
      }
      if (headers.origin !== undefined && headers.origin.toLowerCase() !== `http://${headers.host ?? ''}`.toLowerCase()) {
        throw new HttpProblem('forbidden', 'Pages of other origins may not ask here.');
      }
    },
    checkSite({ headers }) {
      const site = headers['sec-fetch-site'];
      if (site === 'cross-site' || site === 'same-site') throw new HttpProblem('forbidden', 'Pages of other sites may not ask here.');
    },
    checkBody({ headers }) {
      const length = headers['content-length'];
      if (Number(length ?? 0) > maxBody) throw new HttpProblem('too-large', `A body may have ${maxBody} bytes here.`);
      const hasBody = headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
      const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
      if (hasBody && type !== 'application/json') throw new HttpProblem('unsupported-media-type', 'A body is JSON here: content-type: application/json.', { headers: { accept: 'application/json' } });
    },
    hasKey: (request) => hasBearer(request) || sessions(request).length > 0,
    checkKey(request) {
      if (hasBearer(request)) return 'token';
      const [session] = sessions(request);
      if (session === undefined) {
        if (bearer(request) !== null) countWrongKey();
        throw new HttpProblem('unauthorized', 'Open the link that tspm dashboard prints, or send its token as authorization: Bearer.', {
          headers: { 'www-authenticate': 'Bearer realm="tspm"' },
        });
      }
      const changes = request.method !== 'GET' && request.method !== 'HEAD';
      if ((changes || request.headers.upgrade !== undefined) && !isOwnPage(request)) {
        throw new HttpProblem('forbidden', 'With a cookie, only the own pages may ask for this: there is no Origin. Scripts use authorization: Bearer.');
      }
      return session;
    },
  };
}
