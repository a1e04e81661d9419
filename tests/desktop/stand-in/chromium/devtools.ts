// Chromium's DevTools protocol over a pair of pipes: JSON texts that end with a zero byte. Chromium ends itself when the pipe
// closes, so none outlives the process that started it, however that ends.
import type { Readable, Writable } from 'node:stream';

export type Parameters = Readonly<Record<string, unknown>>;
type Result = Readonly<Record<string, unknown>>;
type Listener = (parameters: Record<string, never>) => void;

export interface Session {
  /** Sends a command. Rejects with Chromium's message, or when the browser or the target is gone. */
  send(method: string, parameters?: Parameters): Promise<Result>;
  on<Event>(method: string, listener: (parameters: Event) => void): void;
}

export interface Devtools extends Session {
  /** A session with a target that was attached with `flatten`. */
  session(id: string): Session;
}

interface Reply {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Record<string, never>;
  readonly result?: Result;
  readonly error?: { readonly message: string };
}

export function connectDevtools(input: Writable, output: Readable): Devtools {
  const waiting = new Map<number, { readonly method: string; readonly resolve: (result: Result) => void; readonly reject: (error: Error) => void }>();
  const listeners = new Map<string, Listener[]>();
  let lastId = 0;
  let closed = false;
  let rest = '';

  output.setEncoding('utf8');
  output.on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) receive(JSON.parse(message) as Reply);
  });
  output.on('close', () => {
    closed = true;
    for (const { method, reject } of waiting.values()) reject(new Error(`${method}: the browser has ended`));
    waiting.clear();
  });
  // What cannot be written any more has its answer in 'close'.
  input.on('error', () => input.destroy());

  function receive({ id, sessionId, method, params, result, error }: Reply): void {
    if (method !== undefined) {
      for (const listener of listeners.get(`${sessionId ?? ''} ${method}`) ?? []) listener(params ?? {});
      return;
    }
    const asked = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || asked === undefined) return;
    waiting.delete(id);
    if (error === undefined) asked.resolve(result ?? {});
    else asked.reject(new Error(`${asked.method}: ${error.message}`));
  }

  function session(sessionId?: string): Session {
    return {
      send: (method, parameters = {}) =>
        new Promise((resolve, reject) => {
          if (closed) return reject(new Error(`${method}: the browser has ended`));
          const id = ++lastId;
          waiting.set(id, { method, resolve, reject });
          input.write(`${JSON.stringify({ id, method, params: parameters, sessionId })}\0`);
        }),
      on(method, listener) {
        const key = `${sessionId ?? ''} ${method}`;
        listeners.set(key, [...(listeners.get(key) ?? []), listener as Listener]);
      },
    };
  }

  return { ...session(), session };
}
