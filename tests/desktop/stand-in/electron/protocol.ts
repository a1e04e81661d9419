// protocol of the stand-in: own schemes, declared before `ready` and answered by the application's handler.
import type { CustomScheme, Protocol } from 'electron';
import { withoutTheRest } from '../values/without-the-rest.ts';
import type { Schemes } from './schemes.ts';

type Handler = Parameters<Protocol['handle']>[1];

export interface OwnProtocol {
  readonly protocol: object;
  readonly schemes: Schemes;
  /** The answer of the application; null: nobody handles this scheme. */
  answer(request: Request): Promise<Response> | null;
}

export function createProtocol(isReady: () => boolean): OwnProtocol {
  const privileged: string[] = [];
  const handlers = new Map<string, Handler>();

  const part = {
    registerSchemesAsPrivileged(schemes: CustomScheme[]) {
      if (isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
      for (const { scheme, privileges } of schemes) {
        // Only such a scheme has an origin of its own and counts as a secure context, which is how the stand-in shows all of them.
        if (privileges?.standard !== true || privileges.secure !== true) throw new Error(`the stand-in has no schemes that are not both standard and secure; "${scheme}" is not`);
        privileged.push(scheme);
      }
    },
    handle(scheme, handler) {
      if (!isReady()) throw new Error('protocol.handle cannot be called before app is ready');
      if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      handlers.set(scheme, handler);
    },
    unhandle(scheme) {
      if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
    },
    isProtocolHandled: (scheme) => handlers.has(scheme),
  } satisfies Partial<Protocol>;

  return {
    protocol: withoutTheRest('protocol', part),
    schemes: { privileged },
    answer(request) {
      const handler = handlers.get(new URL(request.url).protocol.slice(0, -1));
      return handler === undefined ? null : Promise.resolve(handler(request)).then((response) => response as unknown as Response);
    },
  };
}
