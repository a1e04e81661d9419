// One service for windows and tray, whatever engine is behind it at the moment. Its streams end with each engine, and are opened
// again by whoever follows them.
import { commandInputs } from '../../shared/contract/commands.ts';
import { topicInputs } from '../../shared/contract/topic-inputs.ts';
import { contractVersion, productVersion } from '../../shared/contract/version.ts';
import type { Failure } from '../../shared/model/failure.ts';
import type { Service } from '../transport/service.ts';

export interface SwitchingService extends Service {
  /** From now on this engine answers. */
  use(engine: Service): void;
  /** From now on every question fails with this. */
  fail(failure: Failure): void;
}

export function createSwitchingService(beginning: Failure): SwitchingService {
  let behind: { readonly engine: Service } | { readonly failure: Failure } = { failure: beginning };
  let ending = new AbortController();

  const engine = (): Service => {
    if ('failure' in behind) throw behind.failure;
    return behind.engine;
  };
  const replace = (next: typeof behind): void => {
    const ended = ending;
    behind = next;
    ending = new AbortController();
    ended.abort();
  };

  return {
    capabilities: { contract: contractVersion, version: productVersion, commands: Object.keys(commandInputs), topics: Object.keys(topicInputs) },
    call: async (name, input, context) => engine().call(name, input, context),
    open: (topic, input, { after, signal }) => engine().open(topic, input, { after, signal: AbortSignal.any([signal, ending.signal]) }),
    use: (next) => replace({ engine: next }),
    fail: (failure) => replace({ failure }),
  };
}
