// Connections of the stand-in to the session bus; null where the environment names none, as on a machine without a desktop.
import { connect, type Connection } from '../../bus/connection.ts';

let shared: Promise<Connection> | null = null;

export function sessionBus(): Promise<Connection> | null {
  return (shared ??= ownConnection());
}

/** A connection of one's own. */
export function ownConnection(): Promise<Connection> | null {
  const address = process.env['DBUS_SESSION_BUS_ADDRESS'];
  return address?.startsWith('unix:') === true ? connect(address) : null;
}
