// The application's tie to the engine of its home: it hosts the engine itself, having asked a headless owner to hand over, or is a
// client of whoever owns it, or says why there is none.
import { createHttpTransport } from '../transport/http/client.ts';
import { accepts } from '../transport/launch.ts';
import { serveHome, type HostedHome, type ServeHomeOptions } from '../transport/serve-home.ts';
import type { Service } from '../transport/service.ts';
import { Failure, toFailureValue } from '../../shared/model/failure.ts';
import { prepareHome } from '../platform/home.ts';
import { createRemoteService } from './remote-service.ts';
import { createSwitchingService } from './switching-service.ts';

export type LinkState = 'opening' | 'hosting' | 'client' | 'gone';

export interface EngineLink {
  /** Answers with the engine of the moment, or with the reason why there is none. */
  readonly service: Service;
  readonly state: LinkState;
  /** Why there is no engine; empty unless the state is `gone`. */
  readonly reason: string;
  /** Hosts the engine, or becomes a client of the host that has it. Does nothing while it hosts already. */
  open(): Promise<void>;
  /** Resolves when it is clear which of the states it is. */
  settled(): Promise<void>;
  /** Lets go of the engine when it is hosted here: the services run on. */
  release(): Promise<void>;
}

export interface EngineLinkOptions extends Omit<ServeHomeOptions, 'kind' | 'takeOver' | 'left'> {
  /** A user has ended TSPM. */
  readonly killed: () => void;
  /** The engine cannot start here, for a reason that somebody has to mend. */
  readonly failed: (reason: string) => void;
}

export function createEngineLink(options: EngineLinkOptions): EngineLink {
  const { paths, log, killed, failed } = options;
  const service = createSwitchingService(new Failure('engine-unreachable', 'the engine is starting'));
  let state: LinkState = 'opening';
  let reason = '';
  let hosted: HostedHome | null = null;
  let opening: Promise<void> | null = null;

  function become(next: LinkState, act: () => void): void {
    state = next;
    reason = '';
    if (next !== 'hosting') hosted = null;
    act();
  }
  const gone = (failure: Failure): void =>
    become('gone', () => {
      reason = failure.message;
      service.fail(failure);
    });
  const client = (): void => become('client', () => service.use(createRemoteService(createHttpTransport(paths.controlSocket), service.capabilities)));

  function left(why: 'killed' | 'handed-over' | 'lost'): void {
    if (why === 'handed-over') return client();
    gone(new Failure('engine-unreachable', why === 'killed' ? 'TSPM was ended' : `the folder ${paths.home} was taken away while TSPM ran`));
    if (why === 'killed') killed();
  }

  async function host(): Promise<void> {
    try {
      await prepareHome(paths);
      const home = await serveHome({ ...options, kind: 'desktop', takeOver: true, left });
      if (home === null) {
        log('another host keeps the engine: being its client');
        return client();
      }
      become('hosting', () => service.use(home.service));
      hosted = home;
    } catch (error) {
      const { code, message, data } = toFailureValue(error);
      log(`the engine cannot be hosted: ${message}`);
      if (await accepts(paths.controlSocket).catch(() => false)) return client();
      gone(new Failure(code === 'internal' ? 'engine-unreachable' : code, message, data));
      failed(message);
    }
  }

  return {
    service,
    get state() {
      return state;
    },
    get reason() {
      return reason;
    },
    async open() {
      if (hosted !== null) return;
      opening ??= host().finally(() => (opening = null));
      await opening;
    },
    settled: async () => void (await opening),
    async release() {
      await opening;
      if (hosted === null) return;
      await hosted.release();
      gone(new Failure('engine-unreachable', 'the engine was let go of'));
    },
  };
}
