// One connection to a session bus: calls, signals, and objects that answer. Thin over dbus-next's messages, since what is spoken
// here are a few fixed interfaces and no introspection is needed for them.
import dbus, { type Message } from 'dbus-next';

/** A value with its D-Bus type, for places that take any type. */
export function variant(signature: string, value: unknown): dbus.Variant {
  return new dbus.Variant(signature, value);
}

/** What a property or a dictionary's value holds, at any depth. */
export function plain(value: unknown): unknown {
  if (value instanceof dbus.Variant) return plain(value.value);
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  return value;
}

export interface Address {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
}

export interface Signal {
  readonly sender: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

export interface Connection {
  /** The unique name, such as `:1.4`. */
  readonly name: string;
  call(to: Address, member: string, signature?: string, body?: readonly unknown[]): Promise<readonly unknown[]>;
  property(of: Address, name: string): Promise<unknown>;
  properties(of: Address): Promise<Readonly<Record<string, unknown>>>;
  emit(path: string, ofInterface: string, member: string, signature?: string, body?: readonly unknown[]): void;
  /** Signals of all senders that match; gives what ends it. */
  listen(rule: { readonly interface: string; readonly member?: string }, listener: (signal: Signal) => void): Promise<() => void>;
  /** Answers method calls. The first that does not give null answers. */
  serve(answer: (call: Message) => Message | null): void;
  requestName(name: string): Promise<void>;
  close(): void;
}

const bus: Address = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };

export async function connect(busAddress: string): Promise<Connection> {
  const connection = dbus.sessionBus({ busAddress });
  let lost: Error | null = null;
  await new Promise((resolve, reject) => {
    connection.once('connect', resolve);
    connection.on('error', (error: Error) => {
      lost = error;
      reject(error);
    });
  });

  const call: Connection['call'] = async (to, member, signature = '', body = []) => {
    if (lost !== null) throw new Error(`the session bus is gone: ${String(lost)}`);
    const reply = await connection.call(new dbus.Message({ ...to, member, signature, body: [...body] }));
    return reply?.body ?? [];
  };

  return {
    name: (connection as unknown as { readonly name: string }).name,
    call,
    async property(of, name) {
      const [value] = await call({ ...of, interface: 'org.freedesktop.DBus.Properties' }, 'Get', 'ss', [of.interface, name]);
      return plain(value);
    },
    async properties(of) {
      const [values] = await call({ ...of, interface: 'org.freedesktop.DBus.Properties' }, 'GetAll', 's', [of.interface]);
      return plain(values) as Readonly<Record<string, unknown>>;
    },
    emit: (path, ofInterface, member, signature = '', body = []) => void connection.send(dbus.Message.newSignal(path, ofInterface, member, signature, [...body])),
    async listen(rule, listener) {
      const heard = (message: Message) => {
        if (message.type !== dbus.MessageType.SIGNAL || message.interface !== rule.interface) return;
        if (rule.member !== undefined && message.member !== rule.member) return;
        const { sender = '', path = '', interface: ofInterface, member = '', body } = message;
        // After the answer that came before it, whose caller is woken by a promise.
        setImmediate(() => listener({ sender, path, interface: ofInterface, member, body }));
      };
      connection.on('message', heard);
      const match = `type='signal',interface='${rule.interface}'${rule.member === undefined ? '' : `,member='${rule.member}'`}`;
      await call(bus, 'AddMatch', 's', [match]);
      return () => void connection.off('message', heard);
    },
    serve: (answer) =>
      connection.addMethodHandler((message: Message) => {
        const reply = answer(message);
        if (reply === null) return false;
        connection.send(reply);
        return true;
      }),
    async requestName(name) {
      await call(bus, 'RequestName', 'su', [name, 4]);
    },
    close: () => connection.disconnect(),
  };
}
