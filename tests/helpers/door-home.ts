// A real engine with its dashboard open, asked as browsers, scripts and attackers do.
import { expect } from 'vitest';
import { ask, type Asked, type Heard } from './ask.ts';
import { engineHome, type EngineHome } from './engine-home.ts';

export interface DoorHome {
  readonly home: EngineHome;
  readonly port: number;
  /** What pages of this server have as their origin. */
  readonly origin: string;
  readonly token: string;
  readonly ticket: string;
  ask(asked: Asked): Promise<Heard>;
  /** The Cookie header of a new session. */
  logIn(key?: string): Promise<string>;
}

export async function doorHome(): Promise<DoorHome> {
  const home = await engineHome();
  await home.boot();
  const report = await home.client.call('dashboard', { action: 'open', port: 0 });
  const port = report.port ?? 0;
  const origin = `http://127.0.0.1:${port}`;
  const keyOf = (url: string | null): string => (url ?? '').replace(`${origin}/#token=`, '');
  const token = keyOf(report.url);
  const asking = (asked: Asked): Promise<Heard> => ask({ port }, asked);
  return {
    home,
    port,
    origin,
    token,
    ticket: keyOf(report.ticketUrl),
    ask: asking,
    async logIn(key = token) {
      const heard = await asking({ method: 'POST', path: '/v1/session', headers: { origin }, body: { token: key } });
      expect(heard.status, heard.text).toBe(204);
      return heard.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    },
  };
}
