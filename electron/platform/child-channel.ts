// A child can write what it likes to its IPC channel: handles that nobody asked for, a message without end, more messages than anybody can
// read. Node keeps all of that. Here handles are closed, a message without end ends the channel, and a flood waits at its source. Node has
// no public call for any of it. All knowledge of how is in this file; where Node keeps its channel elsewhere, nothing changes.
import type { ChildProcess } from 'node:child_process';

/** What is sent to us is a word or two; what goes the other way has no limit. */
const maxMessageBytes = 1 << 20;
/** Of bytes, with as many more for each message as reading one costs. */
const budgetPerSecond = 4 << 20;
const messageCost = 64;
const budgetMs = 1000;
const newline = 10;

/** How Node wraps a message that comes with a handle, and what it answers when the handle has arrived. */
const handleCommand = 'NODE_HANDLE';
const handleArrived = { cmd: 'NODE_HANDLE_ACK' };

interface Handle {
  close(): void;
}

interface Channel {
  onread: (this: Channel, bytes: ArrayBuffer | undefined) => unknown;
  pendingHandle: Handle | null | undefined;
  /** It holds the beginning of a message, and Node waits for the rest of it before it closes. */
  buffering?: boolean;
  readStart(): number;
  readStop(): number;
}

/** To be called before the child can have said anything. `broken` hears why its channel was closed. */
export function guardChannel(child: ChildProcess, broken: (why: string) => void): void {
  dropHandles(child);
  const channel = channelOf(child);
  if (channel !== null) boundMessages(child, channel, broken);
}

/** Node would make a server of a server's handle, which accepts in the child's place. */
function dropHandles(child: ChildProcess): void {
  const emit = child.emit.bind(child) as (event: string | symbol, ...args: readonly unknown[]) => boolean;
  child.emit = (event: string | symbol, ...args: readonly unknown[]): boolean => {
    const [message, handle] = args as readonly [{ readonly cmd?: unknown } | null | undefined, Handle | undefined];
    if (event !== 'internalMessage' || message?.cmd !== handleCommand) return emit(event, ...args);
    handle?.close();
    // Without an answer the child would keep all that it sends from now on.
    if (child.connected) child.send(handleArrived, () => undefined);
    return true;
  };
}

function boundMessages(child: ChildProcess, channel: Channel, broken: (why: string) => void): void {
  const read = channel.onread;
  let unfinished = 0;
  let spent = 0;
  let isOpen = true;
  let since = performance.now();

  const close = (why: string): void => {
    isOpen = false;
    channel.readStop();
    channel.buffering = false;
    disconnect(child);
    broken(why);
  };
  const pause = (ms: number): void => {
    channel.readStop();
    const timer = setTimeout(() => {
      if (isOpen && child.connected) channel.readStart();
    }, ms);
    timer.unref();
  };

  channel.onread = function (bytes) {
    // Also one that came with no message to name it.
    this.pendingHandle?.close();
    this.pendingHandle = null;
    if (!isOpen) return undefined;
    if (bytes === undefined || bytes === null) return read.call(this, bytes);
    const { messages, rest } = measure(new Uint8Array(bytes));
    unfinished = messages === 0 ? unfinished + rest : rest;
    if (unfinished > maxMessageBytes) {
      close(`it sent a message of more than ${maxMessageBytes} bytes over its channel`);
      return undefined;
    }
    const now = performance.now();
    if (now - since >= budgetMs) [since, spent] = [now, 0];
    spent += bytes.byteLength + messages * messageCost;
    if (spent > budgetPerSecond) pause(budgetMs - (now - since));
    try {
      return read.call(this, bytes);
    } catch (error) {
      close(`it sent something over its channel that is not a message (${error instanceof Error ? error.message : String(error)})`);
      return undefined;
    }
  };
}

/** At once: Node waits for handles that are on their way, and with `handle-pipeline.ts` it would take them to be so for ever. */
function disconnect(child: ChildProcess & { _disconnect?(): void }): void {
  if (!child.connected) return;
  child.disconnect();
  if (child.channel !== null && child.channel !== undefined) child._disconnect?.();
}

/** How many messages end in these bytes, and how long the beginning of the next one is. */
function measure(bytes: Uint8Array): { readonly messages: number; readonly rest: number } {
  let messages = 0;
  let start = 0;
  for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
    messages += 1;
    start = end + 1;
  }
  return { messages, rest: bytes.length - start };
}

function channelOf(child: ChildProcess): Channel | null {
  const symbol = Object.getOwnPropertySymbols(child).find((one) => one.description === 'kChannelHandle');
  const channel = symbol === undefined ? undefined : (child as unknown as Readonly<Record<symbol, Partial<Channel>>>)[symbol];
  return typeof channel?.onread === 'function' && typeof channel.readStop === 'function' ? (channel as Channel) : null;
}
