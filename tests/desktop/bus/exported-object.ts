// An object on a session bus: its methods and properties, with their D-Bus signatures.
import dbus, { type Message } from 'dbus-next';
import { variant, type Connection } from './connection.ts';

export interface Method {
  /** Signature of the answer. */
  readonly gives: string;
  /** Gets the arguments and the caller's unique name; gives the values of the answer. A throw becomes a D-Bus error. */
  run(args: readonly unknown[], sender: string): readonly unknown[];
}

export interface ExportedInterface {
  readonly methods: Readonly<Record<string, Method>>;
  /** Signature and present value. */
  readonly properties?: () => Readonly<Record<string, readonly [signature: string, value: unknown]>>;
}

const ofProperties = 'org.freedesktop.DBus.Properties';

export function exportObject(connection: Connection, path: string, interfaces: Readonly<Record<string, ExportedInterface>>): void {
  connection.serve((call) => {
    if (call.path !== path) return null;
    try {
      return call.interface === ofProperties ? answerProperties(call, interfaces) : answerMethod(call, interfaces);
    } catch (error) {
      // The first parameter is a message, whatever the library's types say.
      return dbus.Message.newError(call as unknown as string, 'org.freedesktop.DBus.Error.Failed', error instanceof Error ? error.message : String(error));
    }
  });
}

function answerMethod(call: Message, interfaces: Readonly<Record<string, ExportedInterface>>): Message | null {
  const method = interfaces[call.interface ?? '']?.methods[call.member ?? ''];
  if (method === undefined) return null;
  return dbus.Message.newMethodReturn(call, method.gives, [...method.run(call.body as unknown[], call.sender ?? '')]);
}

function answerProperties(call: Message, interfaces: Readonly<Record<string, ExportedInterface>>): Message | null {
  const [ofInterface, name] = call.body as readonly string[];
  const properties = interfaces[ofInterface ?? '']?.properties?.();
  if (properties === undefined) return null;
  if (call.member === 'GetAll') {
    const all = Object.fromEntries(Object.entries(properties).map(([key, [signature, value]]) => [key, variant(signature, value)]));
    return dbus.Message.newMethodReturn(call, 'a{sv}', [all]);
  }
  const found = properties[name ?? ''];
  if (call.member !== 'Get' || found === undefined) return null;
  return dbus.Message.newMethodReturn(call, 'v', [variant(...found)]);
}
