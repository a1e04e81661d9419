// One client of an echo server: session after session, each with a connection of its own that the client ends.
import type { Socket } from 'node:net';
import { recover, think, type ClientContext } from './client.ts';
import { failureReason, LoadFailure, socketFailure } from './failure.ts';
import type { Answerer } from './ledger.ts';
import { openSocket } from './open-socket.ts';
import type { TcpPlan } from './plan.ts';

export async function runTcpClient(context: ClientContext<TcpPlan>): Promise<void> {
  const { plan, ledger, stop } = context;
  while (!stop.aborted) {
    try {
      const socket = await openSocket(plan, plan.timeoutMs);
      ledger.connected();
      ledger.ok(await session(socket, context).finally(() => socket.destroy()));
      await think(context);
    } catch (error) {
      ledger.failed(failureReason(error));
      await recover(context);
    }
  }
}

/** Throws a LoadFailure, also when the server closes before the client does. */
async function session(socket: Socket, context: ClientContext<TcpPlan>): Promise<Answerer> {
  const { plan, ledger, random } = context;
  const lines = lineReader(socket, plan.timeoutMs);
  const end = performance.now() + random() * plan.sessionMs;
  let answerer: Answerer = { instance: 'unnamed', pid: 'unnamed' };
  for (let number = 0; number === 0 || performance.now() < end; number++) {
    const begin = performance.now();
    socket.write(`line ${number}\n`);
    const [, instance = '', pid = '', echo] = /^(\S+) (\d+) (.*)$/.exec(await lines.next()) ?? [];
    if (echo !== `line ${number}`) throw new LoadFailure('wrong echo');
    ledger.took(performance.now() - begin);
    answerer = { instance, pid };
    await think(context);
  }
  await lines.finish();
  return answerer;
}

interface LineReader {
  next(): Promise<string>;
  /** Ends the connection and waits until the server has ended it, too. */
  finish(): Promise<void>;
}

function lineReader(socket: Socket, timeoutMs: number): LineReader {
  let received = '';
  let failure: LoadFailure | null = null;
  let ended = false;
  let wake = (): void => undefined;
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    received += text;
    wake();
  });
  socket.on('end', () => {
    ended = true;
    wake();
  });
  socket.on('error', (error) => {
    failure = socketFailure(error);
    wake();
  });

  const until = async (reached: () => boolean): Promise<void> => {
    const timer = setTimeout(() => {
      failure = new LoadFailure('timeout');
      wake();
    }, timeoutMs);
    try {
      while (failure === null && !reached()) await new Promise<void>((resolve) => (wake = resolve));
    } finally {
      clearTimeout(timer);
    }
    if (failure !== null) throw failure;
  };
  return {
    async next() {
      await until(() => received.includes('\n') || ended);
      const length = received.indexOf('\n');
      if (length === -1) throw new LoadFailure(received === '' ? 'closed unanswered' : 'truncated');
      const line = received.slice(0, length);
      received = received.slice(length + 1);
      return line;
    },
    async finish() {
      if (ended) throw new LoadFailure('closed by the server');
      socket.end();
      await until(() => ended);
      if (received !== '') throw new LoadFailure('unasked bytes');
    },
  };
}
