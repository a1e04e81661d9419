// The host of a page in a browser: the dashboard's server, behind its door, over a WebSocket.
import { Failure, toFailureValue } from '../../shared/model/failure.ts';
import { takeTokenFromAddress, tokenIn } from './access-key.ts';
import { createConnectionLoop, type Link } from './connection-loop.ts';
import { endSession, isLocked, unlockDoor } from './door.ts';
import type { Host } from './host.ts';
import { pageStorage, storedPreferences } from './preferences.ts';
import { onWake } from './wake.ts';
import { openWebSocketLink } from './web-socket-link.ts';

export function createBrowserHost(): Host {
  let token = takeTokenFromAddress(window.location, window.history);
  const address = new URL('/v1/channel', window.location.href);
  address.protocol = window.location.protocol === 'https:' ? 'wss:' : 'ws:';

  const connect = async (): Promise<Link> => {
    if (token !== null) await spend(token);
    try {
      return await openWebSocketLink(address);
    } catch (error) {
      if (await isLocked()) throw new Failure('forbidden', 'the dashboard needs a key');
      throw error;
    }
  };

  /** A token is kept only while nobody answers. */
  const spend = async (shown: string): Promise<void> => {
    try {
      await unlockDoor(shown);
      token = null;
    } catch (error) {
      if (toFailureValue(error).code === 'forbidden') token = null;
      throw error;
    }
  };

  const loop = createConnectionLoop({
    connect,
    now: Date.now,
    random: Math.random,
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  });
  onWake(() => {
    // Another tab may have opened the door meanwhile.
    if (['lost', 'denied'].includes(loop.connection.getState().state)) loop.retry();
  });
  // The link of `tspm dashboard`, pasted into a tab that is open already.
  window.addEventListener('hashchange', () => {
    token = takeTokenFromAddress(window.location, window.history) ?? token;
    if (token !== null) loop.retry();
  });

  return {
    ...loop,
    preferences: storedPreferences(pageStorage(), window),
    unlock: async (key) => {
      token = tokenIn(key);
      if (token === null) throw new Failure('invalid-input', 'this is neither a link of `tspm dashboard` nor its key');
      loop.retry();
    },
    logOut: async () => {
      token = null;
      await endSession();
    },
  };
}
