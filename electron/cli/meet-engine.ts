// The first word to an engine. An older one is taken over before a command reaches it, and one that does not answer is not waited for.
// Everything else works across all versions.
import type { CallOptions, Transport } from '../../shared/client/client.ts';
import type { StatusReport } from '../../shared/contract/reports.ts';
import { productVersion } from '../../shared/contract/version.ts';
import { errorMessage, type Failure } from '../../shared/model/failure.ts';
import { isOlderVersion } from '../../shared/model/shim-hello.ts';
import type { Greeting } from '../transport/http/hello.ts';

/** Together five seconds: after that a person is told. */
const quietMs = 3000;
const patienceMs = 2000;
/** The first version, which does not say which it is. */
const firstVersion = '0.1.0';

export interface MeetingParts {
  readonly transport: Transport;
  readonly greet: (patienceMs: number) => Promise<Greeting>;
  /** Puts an engine of this version in the place of the older one. Throws a Failure when it does not go. */
  readonly takeOver: () => Promise<void>;
  /** Why nothing is heard from the engine. */
  readonly silent: () => Promise<Failure>;
  readonly fillIn: () => Promise<(name: string, answer: unknown) => unknown>;
  readonly note: (text: string) => void;
}

export function meetEngine({ transport, greet, takeOver, silent, fillIn, note }: MeetingParts): Transport {
  /** Of an engine that stays although it is older. */
  let older = false;
  let met: Promise<void> | null = null;

  async function meet(): Promise<void> {
    const greeting = await greet(quietMs + patienceMs);
    if (greeting.state === 'silent') throw await silent();
    if (greeting.state === 'absent' || !isOlderVersion(greeting.version ?? firstVersion, productVersion)) return;
    const report = (await transport.call('status', {}, {})) as StatusReport;
    const version = report.version ?? firstVersion;
    older = true;
    if (report.owner?.kind !== 'daemon') {
      note(`the engine is older (${version}) and part of the desktop application: what only this tspm (${productVersion}) knows has no effect there. Update the application.`);
      return;
    }
    note(`the engine is older (${version}): taking over`);
    try {
      await takeOver();
      older = false;
    } catch (error) {
      note(`the older engine could not be taken over: ${errorMessage(error)}\ngoing on with it`);
    }
  }

  async function call(name: string, input: unknown, options: CallOptions): Promise<unknown> {
    // What ends the engine need not replace it first.
    if (name !== 'kill') await (met ??= meet().catch((error: unknown) => forget(error)));
    const ending = new AbortController();
    const quiet = watchQuiet(() => greet(patienceMs), async () => ending.abort(await silent()));
    try {
      const signal = options.signal === undefined ? ending.signal : AbortSignal.any([options.signal, ending.signal]);
      const answer = await transport.call(name, input, { ...options, signal });
      return older ? (await fillIn())(name, answer) : answer;
    } finally {
      quiet.stop();
    }
  }

  function forget(error: unknown): never {
    met = null;
    throw error;
  }

  return { call, subscribe: (topic, input, options) => transport.subscribe(topic, input, options) };
}

/** A command may take its time, as long as the engine answers whoever asks meanwhile. */
function watchQuiet(greet: () => Promise<Greeting>, gone: () => Promise<void>): { readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    const { state } = await greet().catch(() => ({ state: 'absent' }) as const);
    if (stopped) return;
    // An engine that has gone ends the connection, too.
    if (state === 'silent') await gone();
    else timer = setTimeout(() => void look(), quietMs);
  };
  timer = setTimeout(() => void look(), quietMs);
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
