// Catches the program's `server.listen(port)` and lets it listen elsewhere, without the program noticing.
import type { AddressInfo, ListenOptions, Server } from 'node:net';

/** What the server is to listen on instead. */
export type Replacement = Pick<ListenOptions, 'port' | 'host' | 'exclusive'> | { readonly fd: number };

type Listen = (this: Server, ...args: unknown[]) => Server;

/** `ports`: those that are caught. `listening` is called when such a server listens. */
export function captureListen(prototype: Server, ports: readonly number[], replace: (server: Server) => Replacement, listening: (server: Server) => void): void {
  const original = prototype.listen as Listen;
  const captured: Listen = function listen(...args) {
    const port = askedPort(args);
    if (port === null || !ports.includes(port)) return original.apply(this, args);
    this.once('listening', () => {
      showAs(this, port);
      listening(this);
    });
    return original.apply(this, [{ ...settings(args), ...replace(this) }, ...args.filter((one) => typeof one === 'function')]);
  };
  prototype.listen = captured as Server['listen'];
}

/** The forms of `listen`: (port[, host][, backlog][, callback]) and (options[, callback]). null when it is about no port. */
function askedPort([first]: readonly unknown[]): number | null {
  const port = isOptions(first) && first.path === undefined && first['fd'] === undefined ? first.port : first;
  const isPort = typeof port === 'number' || (typeof port === 'string' && /^\d{1,5}$/.test(port.trim()));
  return isPort ? Number(port) : null;
}

/** All that was asked for but where to listen. */
function settings(args: readonly unknown[]): ListenOptions {
  const [first, ...rest] = args;
  if (isOptions(first)) {
    const { port: _port, host: _host, path: _path, ...others } = first;
    return others;
  }
  const backlog = rest.find((one) => typeof one === 'number');
  return backlog === undefined ? {} : { backlog };
}

/** The port that the program asked for is the one its clients use: that is what it gets to see. */
function showAs(server: Server, port: number): void {
  const address = server.address.bind(server);
  server.address = () => {
    const real = address();
    return real === null || typeof real === 'string' ? real : ({ ...real, port } satisfies AddressInfo);
  };
}

function isOptions(value: unknown): value is ListenOptions & Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
