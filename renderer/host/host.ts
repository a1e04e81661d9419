// What a page knows of the program around it. The transport is chosen once, at the entry; everything else asks this.
import type { Capabilities } from '../../shared/contract/capabilities.ts';
import type { Client } from '../../shared/client/client.ts';
import type { Preferences } from './preferences.ts';
import type { Readable } from './readable.ts';

/** Times are the page's, in ms since the epoch. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live'; readonly capabilities: Capabilities }
  /** `retryAt` null: it is being tried now. */
  | { readonly state: 'lost'; readonly since: number; readonly retryAt: number | null; readonly reason: string }
  /** The door wants a key. `refused`: the one that was shown is not, or no longer, right. */
  | { readonly state: 'denied'; readonly refused: boolean }
  /** Page and engine are of different versions of the contract. */
  | { readonly state: 'mismatch'; readonly version: string; readonly contract: number };

export interface Host {
  /** Throws a Failure `engine-unreachable` while the connection is not live. */
  readonly client: Client;
  readonly connection: Readable<Connection>;
  readonly preferences: Preferences;
  /** Tries to connect at once instead of when the pause is over. */
  readonly retry: () => void;
  /** Shows a key to the door; `connection` tells how that ended. */
  readonly unlock: (key: string) => Promise<void>;
  /** Ends this page's session, for all tabs of the browser; null where there is none. Throws a Failure when that is not certain. */
  readonly logOut: (() => Promise<void>) | null;
}
